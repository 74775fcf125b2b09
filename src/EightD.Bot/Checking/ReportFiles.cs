using System.Text;
using EightD.Reports.Checking;

namespace EightD.Bot.Checking;

/// <summary>A report's file.</summary>
/// <param name="Path">As it was named, with slashes.</param>
/// <param name="Text">What it holds.</param>
internal sealed record ReportFile(string Path, string Text);

/// <summary>Finds the reports that a path names.</summary>
internal static class ReportFiles
{
    /// <summary>The largest file that is read: a report of a thousand pages.</summary>
    private const long MostBytes = 8 * 1024 * 1024;

    /// <summary>The reports of a path: a file, or all of a folder and what is below it.</summary>
    /// <exception cref="CheckException">It is none, or cannot be read.</exception>
    public static IEnumerable<ReportFile> In(string path)
    {
        try
        {
            if (!Directory.Exists(path)) return [File.Exists(path) ? Read(path, isNamed: true)! : throw new CheckException($"There is no file and no folder {path}.")];
            List<ReportFile> reports = [.. Directory.EnumerateFiles(path, "*.md", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.System }).Where(IsVisible).Order(StringComparer.Ordinal).Select(file => Read(file, isNamed: false)).OfType<ReportFile>()];
            return reports.Count > 0 ? reports : throw new CheckException($"There is no report in {path}: no `.md` file has a heading like `## D4: Root cause`.");

            bool IsVisible(string file) => !System.IO.Path.GetRelativePath(path, file).Split(System.IO.Path.DirectorySeparatorChar).Any(part => part.StartsWith('.')); // templates
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new CheckException($"{path} cannot be read ({cause.Message.TrimEnd('.')}).", cause);
        }
    }

    private static ReportFile? Read(string path, bool isNamed)
    {
        if (new FileInfo(path).Length is > MostBytes and var bytes) return isNamed ? throw new CheckException($"{path} has {bytes >> 20} MB; a report has at most {MostBytes >> 20}.") : null;
        var content = File.ReadAllBytes(path);
        if (content.AsSpan().Contains((byte)0)) return isNamed ? throw new CheckException($"{path} is no text.") : null;
        var text = Encoding.UTF8.GetString(content);
        if (Check.Of(text) is not null) return new(path.Replace('\\', '/'), text);
        return isNamed ? throw new CheckException($"{path} is no 8D report: it has no heading like `## D4: Root cause`.") : null;
    }
}
