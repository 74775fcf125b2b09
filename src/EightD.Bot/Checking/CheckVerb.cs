using EightD.Reports.Checking;

namespace EightD.Bot.Checking;

/// <summary>The verb <c>check</c>: the quality check on report files and folders (contract, "Commands"). It reads, prints what it found, and needs no settings of the bot.</summary>
internal static class CheckVerb
{
    private const int Clean = 0, Found = 1, CouldNot = 2;

    /// <summary>Checks what the command line names.</summary>
    /// <param name="args">The command line after the verb.</param>
    /// <returns>0; 1 where something of at least a warning was found; 2 where something could not be checked.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var options = CheckOptions.Read(args);
            var checkedFiles = options.Paths.SelectMany(ReportFiles.In).Select(file => new CheckedFile(file, [.. Of(file, options)])).ToList();
            await Console.Out.WriteAsync(FindingFormat.Write(options.Format, checkedFiles));
            return checkedFiles.Exists(file => file.Findings.Any(finding => finding.Severity >= Severity.Warning)) ? Found : Clean;
        }
        catch (CheckException cause)
        {
            await Console.Error.WriteLineAsync(cause.Message);
            return CouldNot;
        }
    }

    private static IEnumerable<Finding> Of(ReportFile file, CheckOptions options)
    {
        var settings = CheckSettings.For(file.Path);
        return Check.Of(file.Text)!.Select(settings.Apply).OfType<Finding>().Where(finding => finding.Severity >= options.Least);
    }
}

/// <summary>A file that was checked.</summary>
/// <param name="File">The file.</param>
/// <param name="Findings">What was found in it, by lines.</param>
internal sealed record CheckedFile(ReportFile File, IReadOnlyList<Finding> Findings);

/// <summary>Why something could not be checked: a sentence for whoever typed it.</summary>
internal sealed class CheckException(string message, Exception? cause = null) : Exception(message, cause);
