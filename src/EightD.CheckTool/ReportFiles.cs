using System.Text;

namespace EightD.CheckTool;

/// <summary>A file that may be a report.</summary>
/// <param name="Path">As it was named.</param>
/// <param name="Root">What the command line named: it, or a folder that it is in.</param>
/// <param name="Text">What it holds.</param>
internal sealed record ReportFile(string Path, string Root, string Text)
{
    /// <summary>Whether the command line named it, so that it must be a report.</summary>
    public bool IsNamed => Path == Root;

    /// <summary>What the repository has otherwise.</summary>
    public CheckSettings Settings { get; init; } = CheckSettings.Usual;
}

/// <summary>Finds the files that a path names.</summary>
internal static class ReportFiles
{
    /// <summary>The largest file that is read: a report of a thousand pages.</summary>
    private const long MostBytes = 8 * 1024 * 1024;

    /// <summary>A file; or the Markdown files of a folder and of what is below it, those in hidden folders (templates) left out.</summary>
    /// <exception cref="CheckException">There is none, or it cannot be read.</exception>
    public static IEnumerable<ReportFile> In(string path)
    {
        try
        {
            if (!Directory.Exists(path)) return [File.Exists(path) ? Read(path, path)! : throw new CheckException($"There is no file and no folder {path}.")];
            return [.. Directory.EnumerateFiles(path, "*.md", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.System }).Where(IsVisible).Order(StringComparer.Ordinal).Select(file => Read(file, path)).OfType<ReportFile>()];

            bool IsVisible(string file) => !System.IO.Path.GetRelativePath(path, file).Split(System.IO.Path.DirectorySeparatorChar).Any(part => part.StartsWith('.'));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new CheckException($"{path} cannot be read ({cause.Message.TrimEnd('.')}).", cause);
        }
    }

    /// <summary>Null where it can be no report, and was not named.</summary>
    private static ReportFile? Read(string path, string root)
    {
        var isNamed = path == root;
        if (new FileInfo(path).Length is > MostBytes and var bytes) return isNamed ? throw new CheckException($"{path} has {bytes >> 20} MB; a report has at most {MostBytes >> 20}.") : null;
        var content = File.ReadAllBytes(path);
        if (!content.AsSpan().Contains((byte)0)) return new(path, root, Encoding.UTF8.GetString(content));
        return isNamed ? throw new CheckException($"{path} is no text.") : null;
    }
}
