namespace EightD.Incidents.Commands;

/// <summary>Every command: parser, help and manifests are made from this table.</summary>
public static class CommandTable
{
    /// <summary>The commands in the order in which help shows them.</summary>
    public static IReadOnlyList<CommandEntry> All => throw new NotImplementedException();
}

/// <summary>One command.</summary>
/// <param name="Name">Its first word.</param>
/// <param name="Usage">Its grammar: <c>answer D4[.LABEL] [--replace] TEXT</c>.</param>
/// <param name="Summary">One line.</param>
/// <param name="Examples">As typed, without <c>/8d</c>.</param>
public sealed record CommandEntry(string Name, string Usage, string Summary, IReadOnlyList<string> Examples);
