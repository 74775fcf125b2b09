using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using EightD.Reports.Checking;

namespace EightD.CheckTool;

/// <summary>Writes findings.</summary>
internal static class FindingFormat
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>All findings in a format, with a line end at the end.</summary>
    public static string Write(OutputFormat format, IReadOnlyList<CheckedFile> files) => format switch
    {
        OutputFormat.Json => Json(files).ToJsonString(Readable) + "\n",
        OutputFormat.Sarif => Sarif(files).ToJsonString(Readable) + "\n",
        OutputFormat.Github => string.Concat(files.SelectMany(file => file.Findings.Select(finding => Github(file.Path, finding)))),
        OutputFormat.Junit => Junit(files) + "\n",
        _ => Text(files),
    };

    /// <summary>One finding a line: file, line, rule, discipline, what is wrong, what mends it; why, and the line itself, are indented below it.</summary>
    private static string Text(IReadOnlyList<CheckedFile> files)
    {
        StringBuilder text = new();
        foreach (var file in files)
        {
            foreach (var finding in file.Findings)
            {
                text.Append(CultureInfo.InvariantCulture, $"{file.Path}:{finding.Line}: {Word(finding.Severity)} {finding.Rule} {finding.Discipline}: {finding.What} {finding.Mend}\n");
                if (finding.Quote.Length > 0) text.Append(CultureInfo.InvariantCulture, $"    > {finding.Quote}\n");
                text.Append(CultureInfo.InvariantCulture, $"    {finding.Why}\n");
            }
        }

        int Count(Severity severity) => files.Sum(file => file.Findings.Count(finding => finding.Severity == severity));
        return text.Append(CultureInfo.InvariantCulture, $"{Counted(files.Count, "report")}: {Counted(Count(Severity.Error), "error")}, {Counted(Count(Severity.Warning), "warning")}, {Counted(Count(Severity.Hint), "hint")}.\n").ToString();
    }

    private static string Counted(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private static JsonArray Json(IEnumerable<CheckedFile> files) =>
    [
        .. files.SelectMany(file => file.Findings.Select(finding => (JsonNode)new JsonObject
        {
            ["file"] = file.Path,
            ["line"] = finding.Line,
            ["rule"] = finding.Rule,
            ["discipline"] = finding.Discipline,
            ["severity"] = Word(finding.Severity),
            ["quote"] = finding.Quote,
            ["what"] = finding.What,
            ["why"] = finding.Why,
            ["mend"] = finding.Mend,
        })),
    ];

    /// <summary>SARIF 2.1.0 (OASIS, section 3.27: result).</summary>
    private static JsonObject Sarif(IReadOnlyList<CheckedFile> files) => new()
    {
        ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
        ["version"] = "2.1.0",
        ["runs"] = new JsonArray(new JsonObject
        {
            ["tool"] = new JsonObject
            {
                ["driver"] = new JsonObject
                {
                    ["name"] = "8d-check",
                    ["rules"] = new JsonArray([.. Check.Rules.Select(rule => new JsonObject { ["id"] = rule.Id, ["fullDescription"] = new JsonObject { ["text"] = $"{rule.Why} ({rule.Source})" }, ["help"] = new JsonObject { ["text"] = rule.Mend }, ["defaultConfiguration"] = new JsonObject { ["level"] = Level(rule.Severity) } })]),
                },
            },
            ["results"] = new JsonArray([.. files.SelectMany(file => file.Findings.Select(finding => new JsonObject
            {
                ["ruleId"] = finding.Rule,
                ["level"] = Level(finding.Severity),
                ["message"] = new JsonObject { ["text"] = $"{finding.What} {finding.Mend}" },
                ["locations"] = new JsonArray(new JsonObject { ["physicalLocation"] = new JsonObject { ["artifactLocation"] = new JsonObject { ["uri"] = Uri.EscapeDataString(file.Path).Replace("%2F", "/", StringComparison.Ordinal) }, ["region"] = new JsonObject { ["startLine"] = finding.Line } } }),
            }))]),
        }),
    };

    /// <summary>A workflow command (GitHub, "Workflow commands": what ends a value is escaped).</summary>
    private static string Github(string path, Finding finding) => string.Create(CultureInfo.InvariantCulture,
        $"::{(finding.Severity == Severity.Hint ? "notice" : Word(finding.Severity))} file={Property(path)},line={finding.Line},title={Property(finding.Rule)}::{Data($"{finding.What} {finding.Mend}")}\n");

    private static string Data(string text) => text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);

    /// <summary>A test suite a file, a failure a finding; hints do not fail.</summary>
    private static XElement Junit(IEnumerable<CheckedFile> files) => new("testsuites", files.Select(file =>
    {
        var failures = file.Findings.Where(finding => finding.Severity > Severity.Hint).ToList();
        IEnumerable<XElement> cases = failures.Count == 0
            ? [new XElement("testcase", new XAttribute("classname", file.Path), new XAttribute("name", "8d-check"))]
            : failures.Select(finding => new XElement("testcase", new XAttribute("classname", file.Path), new XAttribute("name", string.Create(CultureInfo.InvariantCulture, $"{finding.Rule} line {finding.Line}")),
                new XElement("failure", new XAttribute("type", Word(finding.Severity)), new XAttribute("message", Printable(finding.What)), Printable($"{finding.Quote}\n{finding.Why}\n{finding.Mend}"))));
        return new XElement("testsuite", new XAttribute("name", file.Path), new XAttribute("tests", Math.Max(1, failures.Count)), new XAttribute("failures", failures.Count), cases);
    }));

    /// <summary>Without what XML cannot hold.</summary>
    private static string Printable(string text) => string.Concat(text.EnumerateRunes().Where(rune => rune.Value is '\n' or '\t' || (rune.Value >= ' ' && rune.Value is not (0xFFFE or 0xFFFF))));

    private static string Level(Severity severity) => severity == Severity.Hint ? "note" : Word(severity);

    private static string Word(Severity severity) => severity.ToString().ToLowerInvariant();
}
