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
        var timed = report.Of("D0").Concat(report.Of("D2")).Where(said => Vocabulary.HasTime(said.Text));
        if (timed.FirstIfNone(Vocabulary.HasZone) is { } said) yield return new(said.Line, "The time has no time zone.");
    }
}
