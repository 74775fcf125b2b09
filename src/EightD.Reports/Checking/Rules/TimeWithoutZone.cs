namespace EightD.Reports.Checking.Rules;

internal sealed class TimeWithoutZone() : Rule(
    "D0.time-without-zone", Severity.Hint,
    what: "A time of day stands alone.",
    why: "People in other places, and logs, have other clocks: a time without its zone cannot be laid beside them.",
    source: "Google SRE, Example Postmortem (all times UTC)",
    mend: "Write the zone behind the time, for example 14:15 UTC.")
{
    public override bool IsAnywhere => true;

    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        var timed = report.Of("D0").Concat(report.Of("D2")).Where(said => Vocabulary.HasTime(said.Text)).ToList();
        if (timed.Count > 0 && !timed.Exists(said => Vocabulary.HasZone(said.Text))) yield return new(timed[0].Line, "The time has no time zone.");
    }
}
