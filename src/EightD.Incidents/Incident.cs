using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using EightD.Incidents.Interviewing;
using EightD.Reports;

namespace EightD.Incidents;

/// <summary>
/// An 8D and what its report has no place for. Immutable. Its report <em>is</em> the state: there is no second model of the answers.
/// Saved as one blob: this as a line of JSON, then the report's text.
/// </summary>
public sealed record Incident
{
    /// <summary>The schema that this build writes. A blob with a newer one is left alone.</summary>
    public const int CurrentSchema = 1;

    /// <summary>The blob's schema.</summary>
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>A hash of the conversation and the start's request: two starts never share one.</summary>
    public required string Id { get; init; }

    /// <summary>The conversation in which it was started (no thread).</summary>
    public required Place Home { get; init; }

    /// <summary>The report's number.</summary>
    public required int Number { get; init; }

    /// <summary>The template's name.</summary>
    public required string TemplateName { get; init; }

    /// <summary>The template's text as at the start.</summary>
    public required string TemplateText { get; init; }

    /// <summary>The report. Not <c>required</c>: the JSON before it in the blob is read first.</summary>
    [JsonIgnore]
    public Report Report
    {
        get => field ?? throw new InvalidOperationException("An incident was made without its report.");
        init;
    }

    /// <summary>Open, in review, closed or cancelled.</summary>
    public Phase Phase { get; init; }

    /// <summary>Seen by its own people alone.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>In the team's own scale; empty when nobody said.</summary>
    public string Severity { get; init; } = "";

    /// <summary>Who started it.</summary>
    public required Person Starter { get; init; }

    /// <summary>When it was started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the trouble began, where somebody said so.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>When it was noticed, where somebody said so.</summary>
    public DateTimeOffset? DetectedAt { get; init; }

    /// <summary>When it stopped getting worse.</summary>
    public DateTimeOffset? ContainedAt { get; init; }

    /// <summary>When it was over: the second half, D4 to D8, is asked from then on.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>When it was closed or cancelled.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it was closed in spite of findings; null when there was no need to say.</summary>
    public string? ClosedAnyway { get; init; }

    /// <summary>The champion's name where one accepted it; null otherwise.</summary>
    public string? AcceptedBy { get; init; }

    /// <summary>Who is who in chat: everybody who spoke to it or was named in it.</summary>
    public ImmutableList<Person> People { get; init; } = [];

    /// <summary>Where the questions stand.</summary>
    public required Interview Interview { get; init; }

    /// <summary>The last turns.</summary>
    public Log Log { get; init; } = new();

    /// <summary>The numbers of the rows of D6, given once and never used again.</summary>
    public ActionNumbers ActionNumbers { get; init; } = new();

    /// <summary>Where it was last published, or read back from since; null before the first time.</summary>
    public Publication? Published { get; init; }

    /// <summary>Why a publish still waits, in the words that people are told; null when none does.</summary>
    public string? PublishWaits { get; init; }

    /// <summary>What chat and Git changed differently, until somebody decides; until then nothing is published.</summary>
    public ImmutableList<ReadingBack.OpenClash> Clashes
    {
        get => field ?? [];
        init;
    } = [];

    /// <summary>What nothing is to be heard of for a while.</summary>
    public ImmutableList<Reminders.Snooze> Snoozes
    {
        get => field ?? [];
        init;
    } = [];

    /// <summary>Who was asked for which discipline.</summary>
    public ImmutableList<Reminders.Assignment> Assigned
    {
        get => field ?? [];
        init;
    } = [];

    /// <summary>The day on which the last action was done; null: there is nothing to be measured.</summary>
    public DateOnly? ActionsDoneOn { get; init; }

    /// <summary>The days on which actions were done, by their numbers; those that were done before it was looked at are not among them.</summary>
    public ImmutableDictionary<int, DateOnly> DoneOn
    {
        get => field ?? ImmutableDictionary<int, DateOnly>.Empty;
        init;
    } = ImmutableDictionary<int, DateOnly>.Empty;

    /// <summary>The day on which the effect of those actions was told; null: it was not yet.</summary>
    public DateOnly? EffectOn { get; init; }

    /// <summary>The last day on which the conversation was told of what is overdue; null: it never was.</summary>
    public DateOnly? DigestOn { get; init; }

    /// <summary>The keys of what nobody but the conversation could be told of on that day.</summary>
    public ImmutableList<string> Stranded
    {
        get => field ?? [];
        init;
    } = [];

    /// <summary>What became of the latest reminders.</summary>
    public ImmutableList<Reminders.Reminded> Reminded
    {
        get => field ?? [];
        init;
    } = [];

    /// <summary>The channel's ids of the messages that were posted, by their keys.</summary>
    public ImmutableDictionary<string, string> Messages { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What is still to be delivered, oldest first.</summary>
    public ImmutableList<PendingEffect> Outbox { get; init; } = [];

    /// <summary>What could not be delivered and was given up, oldest first.</summary>
    public ImmutableList<DeadLetter> DeadLetters { get; init; } = [];

    /// <summary>Counts the turns that changed it. Buttons and forms carry it.</summary>
    public long Version { get; init; }

    /// <summary>What a newer build wrote and this one does not know. The serializer fills it through its setter alone; nobody else sets it.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }

    /// <summary>Whether answers are taken.</summary>
    [JsonIgnore]
    public bool IsOpen => Phase is Phase.Open or Phase.InReview;

    /// <summary>Whether it came back from Git alone, and nobody has taken it up: there is nowhere to say anything of it.</summary>
    [JsonIgnore]
    public bool IsHomeless => Home.Conversation.Length == 0;

    /// <summary>Whether its own people are in a conversation that others read too: nothing of it is said there that everybody sees but its number.</summary>
    [JsonIgnore]
    public bool IsAmongOthers => IsPrivate && !Home.IsPrivate;

    /// <summary>What everybody in its conversation may read: <c>8D 0003: Title</c>, or its number alone.</summary>
    [JsonIgnore]
    public string ShownName => IsAmongOthers ? $"{Name} ({Texts.Get("Private")})" : $"{Name}: {Report.Title}";

    /// <summary><c>8D 0003</c>.</summary>
    [JsonIgnore]
    public string Name => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"8D {Number:D4}");
}

/// <summary>Where an 8D stands as a whole.</summary>
public enum Phase
{
    /// <summary>Being worked on: burning, contained or resolved.</summary>
    Open,

    /// <summary>Closed by the team, and not yet accepted by the champion.</summary>
    InReview,

    /// <summary>Completed.</summary>
    Closed,

    /// <summary>Abandoned.</summary>
    Cancelled,
}

/// <summary>Where a report was last published.</summary>
/// <param name="Commit">The commit's hash.</param>
/// <param name="Path">The file's path in the repository.</param>
/// <param name="FileName">The file's name in its folder.</param>
/// <param name="Version">The incident's version then.</param>
/// <param name="Is">What became of the file since.</param>
public sealed record Publication(string Commit, string Path, string FileName, long Version, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] FileState Is = FileState.Fine)
{
    /// <summary>The branch on which it waits to be merged; null where it stands on the branch of the reports.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Review? Review { get; init; }
}

/// <summary>A report on a branch of its own, which people look at before they merge it.</summary>
/// <param name="Branch">The branch, <c>8d/0003</c> for example.</param>
/// <param name="Base">The commit up to which the branch of the reports was read back for it.</param>
/// <param name="Link">Where people see it, or open a pull request for it; null where the host has no page that is known here.</param>
/// <param name="IsOpened">Whether the link is a pull request's.</param>
/// <param name="IsClosed">Whether somebody closed that without merging it.</param>
public sealed record Review(string Branch, string Base, string? Link = null, bool IsOpened = false, bool IsClosed = false);

/// <summary>What became of a report's file in Git.</summary>
public enum FileState
{
    /// <summary>It can be read.</summary>
    Fine,

    /// <summary>Somebody took it out; the next publish writes it anew.</summary>
    Gone,

    /// <summary>It is no text, or this report no more; nothing is published until somebody mends it.</summary>
    Unreadable,
}
