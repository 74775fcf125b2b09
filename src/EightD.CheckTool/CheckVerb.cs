using EightD.Reports.Checking;

namespace EightD.CheckTool;

/// <summary>The verb <c>check</c>: the quality check on report files and folders (contract, "Commands"). It reads, prints what it found, and needs no settings of the bot.</summary>
internal static class CheckVerb
{
    private const int Clean = 0, Found = 1, CouldNot = 2;

    /// <summary>Checks what the command line names.</summary>
    /// <param name="args">The command line after the verb.</param>
    /// <param name="output">Where the findings go.</param>
    /// <param name="errors">Where it is said what could not be checked.</param>
    /// <returns>0; 1 where something of at least a warning was found; 2 where something could not be checked.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        try
        {
            if (args is ["--rules"])
            {
                await output.WriteAsync(RuleList.Write());
                return Clean;
            }

            var options = CheckOptions.Read(args);
            CheckSettings.Folders settings = new();
            var files = options.Paths.SelectMany(path => ReportFiles.In(path).Select(file => file with { Settings = settings.Of(file.Path) })).ToList();
            List<CheckedFile> read = [.. files.AsParallel().AsOrdered().Select(file => (file, Check.Of(file.Text))).AsSequential().Select(each => Of(each.file, each.Item2, options)).OfType<CheckedFile>()];
            if (options.Paths.FirstOrDefault(path => Directory.Exists(path) && !read.Exists(file => file.Root == path)) is { } empty) throw new CheckException($"There is no report in {empty}: no `.md` file has a heading like `## D4: Root cause`.");
            await output.WriteAsync(FindingFormat.Write(options.Format, read));
            return read.Exists(file => file.Findings.Any(finding => finding.Severity >= Severity.Warning)) ? Found : Clean;
        }
        catch (CheckException cause)
        {
            await errors.WriteLineAsync(cause.Message);
            return CouldNot;
        }
    }

    private static CheckedFile? Of(ReportFile file, IReadOnlyList<Finding>? findings, CheckOptions options)
    {
        if (findings is not null) return new(file.Path.Replace('\\', '/'), file.Root, [.. findings.Select(file.Settings.Apply).OfType<Finding>().Where(finding => finding.Severity >= options.Least)]);
        return file.IsNamed ? throw new CheckException($"{file.Path} is no 8D report: it has no heading like `## D4: Root cause`.") : null;
    }
}

/// <summary>A file that was checked.</summary>
/// <param name="Path">As it was named, with slashes.</param>
/// <param name="Root">What the command line named: it, or a folder that it is in.</param>
/// <param name="Findings">What was found in it, by lines.</param>
internal sealed record CheckedFile(string Path, string Root, IReadOnlyList<Finding> Findings);

/// <summary>Why something could not be checked: a sentence for whoever typed it.</summary>
internal sealed class CheckException(string message, Exception? cause = null) : Exception(message, cause);
