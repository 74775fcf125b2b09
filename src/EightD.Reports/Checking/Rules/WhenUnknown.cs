namespace EightD.Reports.Checking.Rules;

internal sealed class WhenUnknown() : Rule(
    "D2.when-unknown", Severity.Warning,
    what: "No day and no time says when it happened.",
    why: "A problem is described by what, where, when and how many; without the when nothing can be laid beside it that changed then.",
    source: "Ford Global 8D, D2 (is / is not)",
    mend: "Say since when: `answer D2`, for example: Since 14:15 UTC on December 20.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        var said = report.Of("D0").Concat(report.Of("D2")).ToList();
        if (report.Of("D2").Any() && !said.Exists(each => Vocabulary.HasTime(each.Text) || Vocabulary.SaysWhen(each.Text))) yield return new(report.LineOf("D2"), "Neither D0 nor D2 says when it happened.");
    }
}
