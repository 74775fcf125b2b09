namespace EightD.Reports.Checking.Rules;

internal sealed class NoReadAcross() : Rule(
    "D7.no-read-across", Severity.Warning,
    what: "Nobody asked where else it could happen.",
    why: "What happened here can happen wherever the same system is used.",
    source: "Ford Global 8D, D7",
    mend: "Say where else you looked, and what was done there: `answer D7.read`.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        if (!report.Of("D7").Any() || report.Of("D7").Any(said => said.Role == Role.ReadAcross || Vocabulary.SaysAcross(said.Text))) yield break;
        yield return new(report.LineOf("D7"), "It is not said where else it could happen.");
    }
}
