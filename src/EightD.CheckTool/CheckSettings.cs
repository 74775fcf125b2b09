using System.Text.Json;
using EightD.Reports.Checking;

namespace EightD.CheckTool;

/// <summary>What a repository has otherwise: <c>.8d-check.json</c> in the folder of a report, or in one above it, <c>{ "rules": { "D0.time-without-zone": "off" } }</c>.</summary>
internal sealed class CheckSettings
{
    private const string FileName = ".8d-check.json", Off = "off";

    private readonly Dictionary<string, Severity?> rules = new(StringComparer.Ordinal);

    /// <summary>Nothing otherwise.</summary>
    public static CheckSettings Usual { get; } = new();

    /// <summary>A finding as a repository has it; null: that rule is off.</summary>
    public Finding? Apply(Finding finding) => !rules.TryGetValue(finding.Rule, out var severity) ? finding : severity is { } given ? finding with { Severity = given } : null;

    /// <summary>The settings of folders, each read once.</summary>
    internal sealed class Folders
    {
        private readonly Dictionary<string, CheckSettings> known = new(StringComparer.Ordinal);

        /// <summary>The settings that hold for a file.</summary>
        /// <exception cref="CheckException">They cannot be read, or name a rule that there is not.</exception>
        public CheckSettings Of(string file) => Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder ? In(folder) : Usual;

        private CheckSettings In(string folder)
        {
            if (known.TryGetValue(folder, out var settings)) return settings;
            var path = Path.Combine(folder, FileName);
            return known[folder] = File.Exists(path) ? Read(path) : Path.GetDirectoryName(folder) is { } above ? In(above) : Usual;
        }
    }

    private static CheckSettings Read(string path)
    {
        CheckSettings settings = new();
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(path), new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            foreach (var member in json.RootElement.EnumerateObject())
            {
                if (member.Name != "rules") throw new CheckException($"{path}: there is no setting `{member.Name}`; there is `rules`.");
                foreach (var rule in member.Value.EnumerateObject()) settings.rules[NameOf(rule.Name, path)] = SeverityOf(rule, path);
            }

            return settings;
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new CheckException($"{path} cannot be read ({cause.Message.TrimEnd('.')}); write it like {{ \"rules\": {{ \"D0.time-without-zone\": \"off\" }} }}.", cause);
        }
    }

    private static string NameOf(string rule, string path) =>
        Check.Rules.Any(known => known.Id == rule) ? rule : throw new CheckException($"{path}: there is no rule `{rule}`; docs/check.md has all of them.");

    private static Severity? SeverityOf(JsonProperty rule, string path)
    {
        if (rule.Value.GetString() is Off) return null;
        return CheckOptions.Word<Severity>(rule.Value.GetString()) ?? throw new CheckException($"{path}: `{rule.Name}` takes off, hint, warning or error, and not `{rule.Value.GetString()}`.");
    }
}
