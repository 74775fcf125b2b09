namespace EightD.Reports.Checking.Rules;

internal sealed class CauseIsSymptom() : Rule(
    "D4.cause-is-symptom", Severity.Error,
    what: "The cause says again what was seen.",
    why: "A symptom that is sold as the cause is mended where it shows, and comes back.",
    source: "Ford Global 8D, D4",
    mend: "Ask why once more, until the answer is something that you can change: `answer D4.cause --replace`.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        var symptoms = report.Under("D2", Role.Symptom).SelectMany(said => said.Words).ToHashSet(StringComparer.Ordinal);
        foreach (var cause in report.Causes.Where(cause => cause.Words.Count >= 3))
        {
            var symptom = report.Of("D2").FirstOrDefault(said => said.Words.Count <= 3 * cause.Words.Count && Words.Shared(cause.Words, said.Words) >= 0.8 * cause.Words.Count);
            if (symptom is not null) yield return new(cause.Line, $"The cause says what D2 says in line {symptom.Line}.");
            else if (symptoms.IsSupersetOf(cause.Words)) yield return new(cause.Line, "The cause says what the symptoms of D2 say.");
        }
    }
}
