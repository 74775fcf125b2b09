namespace EightD.Reports.Checking;

/// <summary>What a label asks for, by the words that teams have for it, in English and in German.</summary>
internal static class Roles
{
    /// <summary>By discipline; the first that fits counts.</summary>
    private static readonly Dictionary<string, (Role Role, string[] Words)[]> Known = new(StringComparer.Ordinal)
    {
        ["D0"] = [(Role.Impact, ["impact", "auswirkung", "schaden"])],
        ["D2"] =
        [
            (Role.IsNot, ["is / is not", "is/is not", "is/is-not", "is / is-not", "is not", "ist / ist nicht", "ist/ist nicht", "ist/ist-nicht"]),
            (Role.Impact, ["impact", "auswirkung", "how many", "how much", "wie viel", "cost", "kosten", "schaden"]),
            (Role.Symptom, ["symptom", "fehlerbild", "observ"]),
        ],
        ["D3"] =
        [
            (Role.Verification, ["verif", "valid", "wirksam", "nachweis", "effective", "prüf"]),
            (Role.Temporary, ["temporary", "interim", "vorläufig", "übergang", "containment measure"]),
            (Role.Immediate, ["immediate", "sofort", "containment action"]),
        ],
        ["D4"] =
        [
            (Role.Escape, ["escape", "non-detection", "nondetection", "not detect", "not caught", "caught earlier", "nichtentdeck", "nicht entdeck", "durchschlupf", "why was it not", "detection cause"]),
            (Role.Evidence, ["evidence", "proof", "verif", "beleg", "nachweis", "reproduc"]),
            (Role.Whys, ["5 why", "5-why", "five why", "5why", "why chain", "5 x warum", "5x warum", "5-mal", "whys"]),
            (Role.Contributing, ["contribut", "begünstig", "factor", "faktor"]),
            (Role.Cause, ["cause", "ursache", "why did", "trigger"]),
        ],
        ["D5"] = [(Role.Risk, ["risk", "risiko"]), (Role.Verification, ["verif", "valid", "wirksam", "nachweis", "effective"])],
        ["D6"] = [(Role.Verification, ["verif", "valid", "wirksam", "nachweis", "effective", "result"])],
        ["D7"] =
        [
            (Role.ReadAcross, ["read-across", "read across", "elsewhere", "where else", "horizontal", "übertrag", "similar"]),
            (Role.Training, ["training", "knowledge", "schulung", "wissen", "learned"]),
            (Role.Monitoring, ["monitor", "alert", "überwach"]),
        ],
        ["D8"] =
        [
            (Role.Recognition, ["recogn", "thank", "acknowledg", "anerkenn", "dank", "würdig", "congrat"]),
            (Role.FollowUp, ["follow", "next step", "nächste", "open point", "offene"]),
            (Role.Metrics, ["metric", "outcome", "effect", "result", "wirksam", "kennzahl", "ergebnis"]),
            (Role.Lessons, ["lesson", "learned", "gelernt", "erkenntnis"]),
        ],
    };

    /// <summary>What a label of a discipline asks for.</summary>
    public static Role Of(string section, string label)
    {
        var said = label.ToLowerInvariant();
        foreach (var (role, words) in Known.GetValueOrDefault(section) ?? [])
        {
            if (Array.Exists(words, word => said.Contains(word, StringComparison.Ordinal))) return role;
        }

        return Role.Other;
    }
}
