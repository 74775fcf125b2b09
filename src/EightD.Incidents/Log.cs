using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using EightD.Reports;

namespace EightD.Incidents;

/// <summary>
/// The last turns that changed an 8D, or were refused: what makes a repeated request harmless, <c>undo</c> possible, and replaced text never lost.
/// The 200 latest request ids stay here; of the entries as many as fit <see cref="MostText"/>, the older ones go to <c>history/…</c>.
/// </summary>
public sealed record Log
{
    /// <summary>How many request ids are remembered.</summary>
    public const int MostRequests = 200;

    /// <summary>How many characters of text the entries in the incident may hold; above it the older ones leave, down to a quarter: fewer writes of history, and a smaller incident meanwhile.</summary>
    public const int MostText = 12 * 1024;

    private const int Uncounted = -1;

    private int size;

    /// <summary>Newest last.</summary>
    public ImmutableArray<LogEntry> Entries
    {
        get;
        init => (field, size) = (value, Uncounted);
    } = [];

    /// <summary>Digests of the request ids of entries that went to <c>history/…</c>, oldest first: an id has three times as many characters.</summary>
    public ImmutableArray<string> OlderRequests { get; init; } = [];

    /// <summary>What each part held before the first change of it that <see cref="Entries"/> has.</summary>
    public ImmutableList<PartText> Bases { get; init; } = [];

    /// <summary>The last entry's number.</summary>
    public long Last { get; init; }

    /// <summary>Whether this request was decided before.</summary>
    public bool Knows(string request) =>
        Entries.Any(entry => entry.Request == request) || (!OlderRequests.IsEmpty && OlderRequests.AsSpan().Contains(Digest(request)));

    /// <summary>The entry with this number; null when it is not here (any more).</summary>
    public LogEntry? Find(long number) => Entries.FirstOrDefault(entry => entry.Number == number);

    /// <summary>How many characters of text the entries hold; counted once.</summary>
    private int Size => size == Uncounted ? size = Entries.Sum(entry => entry.Size) : size;

    /// <summary>The log with one more entry.</summary>
    public Log With(LogEntry entry, Report before)
    {
        var bases = Bases;
        foreach (var change in entry.Changes)
        {
            if (!bases.Exists(part => part.Part == change.Part)) bases = bases.Add(new(change.Part, before.TextOf(change.Part)));
        }

        return this with { Entries = Entries.Add(entry), size = Size + entry.Size, Bases = bases, Last = entry.Number };
    }

    /// <summary>The log with an entry changed.</summary>
    public Log Changed(LogEntry entry) =>
        this with { Entries = Entries.Replace(Find(entry.Number)!, entry) };

    /// <summary>
    /// Splits off what has become too much: the log that stays, and the entries to be written to <c>history/…</c> first (none: nothing to do).
    /// </summary>
    /// <param name="report">The report as it stands.</param>
    public (Log Stays, ImmutableArray<LogEntry> Leave) Spill(Report report)
    {
        var held = Size;
        if (Entries.Length <= MostRequests && held <= MostText) return (this, []);

        var leave = 0;
        while (leave < Entries.Length && (held > MostText / 4 || Entries.Length - leave > MostRequests / 2))
        {
            held -= Entries[leave++].Size;
        }

        var left = Entries[..leave];
        var stays = Entries[leave..];
        var older = OlderRequests.AddRange(left.Select(entry => Digest(entry.Request)));
        var tooMany = Math.Max(0, older.Length + stays.Length - MostRequests);
        return (this with
        {
            Entries = stays,
            OlderRequests = older.RemoveRange(0, Math.Min(tooMany, older.Length)),
            Bases = [.. Bases.Where(part => stays.Any(entry => entry.Changes.Exists(change => change.Part == part.Part)))
                .Select(part => part with { Text = HeldAfter(left, stays, part, report) })],
        }, left);
    }

    /// <summary>96 bits of it: that two of 200 requests share them is not to be feared.</summary>
    private static string Digest(string request) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(request)), 0, 12);

    /// <summary>What a part held after the entries that leave: as the next change found it where that is known, else made again.</summary>
    private static string HeldAfter(ImmutableArray<LogEntry> left, ImmutableArray<LogEntry> stays, PartText part, Report report)
    {
        var touching = left.Where(entry => entry.Changes.Exists(change => change.Part == part.Part)).ToList();
        if (touching.Count == 0) return part.Text;
        var next = stays.SelectMany(entry => entry.Changes).First(change => change.Part == part.Part);
        return next.Before is { } before && touching.TrueForAll(entry => entry.TakenBackBy is null) ? before : Replay.Run(report, part, touching).TextOf(part.Part);
    }
}

/// <summary>What a part held.</summary>
public sealed record PartText(PartName Part, string Text);

/// <summary>One turn.</summary>
public sealed record LogEntry
{
    /// <summary>1 for the first turn; rising.</summary>
    public required long Number { get; init; }

    /// <summary>The request that it was.</summary>
    public required string Request { get; init; }

    /// <summary>Who.</summary>
    public required Person By { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What, as <c>status --log</c> shows it: <c>answer D4</c>.</summary>
    public required string What { get; init; }

    /// <summary>The parts that it changed; none for a refusal or a change outside the parts.</summary>
    public ImmutableList<PartChange> Changes { get; init; } = [];

    /// <summary>The key of the message that confirmed it; null when it was confirmed to one person alone.</summary>
    public string? Confirmation { get; init; }

    /// <summary>The number of the entry that took it back; null while it stands.</summary>
    public long? TakenBackBy { get; init; }

    /// <summary>Text that the turn replaced outside the parts (a title, a cell), so that it is not lost.</summary>
    public string? Before { get; init; }

    /// <summary>What its author was told in refusal; null when it was not refused.</summary>
    public string? Answered { get; init; }

    /// <summary>The form's errors with which it was refused; null when it was not.</summary>
    public ImmutableDictionary<string, string>? Refused { get; init; }

    /// <summary>How many characters of text it holds.</summary>
    internal int Size
    {
        get
        {
            var size = 120 + What.Length + (Before?.Length ?? 0);
            foreach (var change in Changes)
            {
                size += change.Before?.Length ?? 0;
                foreach (var said in change.Said) size += said.Text.Length;
            }

            return size;
        }
    }
}

/// <summary>What a turn did to one part.</summary>
public sealed record PartChange
{
    /// <summary>Which part.</summary>
    public required PartName Part { get; init; }

    /// <summary>How.</summary>
    public required ChangeKind Kind { get; init; }

    /// <summary>What was typed, message by message: what one person sends before the next question belongs to one answer.</summary>
    public required ImmutableList<Said> Said { get; init; }

    /// <summary>What the part held, where the change replaced it; null where it added.</summary>
    public string? Before { get; init; }

    /// <summary>All that was typed, as one text.</summary>
    internal string Typed => Said.Count == 1 ? Said[0].Text : string.Join('\n', Said.Select(said => said.Text));
}

/// <summary>Text that one message brought.</summary>
/// <param name="Message">The message's id; null where there is none.</param>
/// <param name="Text">As typed.</param>
public sealed record Said(string? Message, string Text);

/// <summary>The ways to change a part.</summary>
public enum ChangeKind
{
    /// <summary>Added what was typed.</summary>
    Added,

    /// <summary>Put what was typed in the place of what stood there.</summary>
    Replaced,

    /// <summary>Gave it exactly this text: a merged form.</summary>
    Set,
}
