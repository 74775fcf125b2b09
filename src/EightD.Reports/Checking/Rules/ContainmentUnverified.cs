namespace EightD.Reports.Checking.Rules;

internal sealed class ContainmentUnverified() : Rule(
    "D3.containment-unverified", Severity.Warning,
    what: "Nobody says how it is known that the containment holds.",
    why: "Containment is verified before it is relied on and validated after, since one that does not hold hides the problem.",
    source: "Ford Global 8D, D3",
    mend: "Say how you know that it holds: `answer D3.verification`, for example: No new complaints since 15:15.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        if (!report.Of("D3").Any() || report.Of("D3").Any(said => said.Role == Role.Verification || Vocabulary.Has(said.Text, ["verif", "confirm", "validat", "checked that", "no further", "no new", "restored", "recovered", "überprüft", "bestätigt", "keine weiteren", "kein weiterer"]))) yield break;
        yield return new(report.LineOf("D3"), "It is not said how it is known that the containment holds.");
    }
}
