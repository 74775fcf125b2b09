namespace EightD.Reports.Checking;

/// <summary>How a statement is named in a finding.</summary>
internal static class Sentence
{
    private const int Longest = 60;

    /// <summary>Its beginning.</summary>
    public static string Short(string text)
    {
        var said = text.TrimEnd('.', ':', ' ');
        if (said.Length <= Longest) return said;
        var cut = said.LastIndexOf(' ', Longest) is > 20 and var blank ? blank : Longest;
        return said[..(char.IsHighSurrogate(said[cut - 1]) ? cut - 1 : cut)] + "…";
    }
}
