namespace EightD.Incidents;

/// <summary>Makes the changes of one part again, from what it held at first. So one of them can be left out.</summary>
internal static class Replay
{
    /// <summary>The part's text after these entries, on a text that stood before them.</summary>
    public static string After(PartText part, IEnumerable<LogEntry> entries) => throw new NotImplementedException();
}
