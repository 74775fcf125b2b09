using EightD.Incidents.Cards;
using EightD.Reports.Folder;
using EightD.Reports.Templates;

namespace EightD.Incidents;

/// <summary>What follows from a turn.</summary>
/// <param name="Incident">The incident after it; the very same instance when nothing is to be saved; null when there is none.</param>
/// <param name="Effects">What must happen outside, in order.</param>
/// <param name="Form">A form to open for whoever pressed; null for none.</param>
/// <param name="Errors">Why a form was refused, by input; null when it was not.</param>
/// <param name="Settings">The workspace's settings after it, where they changed.</param>
public sealed record Decision(
    Incident? Incident,
    IReadOnlyList<Effect> Effects,
    Form? Form = null,
    IReadOnlyDictionary<string, string>? Errors = null,
    WorkspaceSettings? Settings = null);

/// <summary>What a turn needs from outside its incident, gathered before it is decided. Most turns need only <see cref="Settings"/>.</summary>
public sealed record Facts
{
    /// <summary>How long after an answer the next question waits for more of it.</summary>
    public required TimeSpan Pause { get; init; }

    /// <summary>The workspace's settings.</summary>
    public required WorkspaceSettings Settings { get; init; }

    /// <summary>The templates: built in, and the repository's own. Of a <c>start</c>, <c>templates</c>, <c>settings</c> or form.</summary>
    public IReadOnlyList<Template> Templates { get; init; } = Template.BuiltIn;

    /// <summary>The number that a <c>start</c> takes; 0 while it is only asked whether the start would be accepted.</summary>
    public int NextNumber { get; init; }

    /// <summary>The report that <c>start --supersedes</c>, <c>start --from</c>, <c>link</c> or <c>show</c> means; null when there is none that this person may see.</summary>
    public KnownReport? Named { get; init; }

    /// <summary>What <c>list</c> shows: newest first.</summary>
    public IReadOnlyList<ListedReport> Listed { get; init; } = [];

    /// <summary>What <c>search</c> shows, best first, and how many more there are.</summary>
    public (IReadOnlyList<FoundReport> Reports, int More) Found { get; init; } = ([], 0);

    /// <summary>What <c>actions mine</c> shows: the open actions of this person over all open 8Ds.</summary>
    public IReadOnlyList<ListedAction> Mine { get; init; } = [];

    /// <summary>When people are reminded where their workspace decided nothing.</summary>
    public Reminders.ReminderRules Usual { get; init; } = new();

    /// <summary>When people are reminded in this workspace.</summary>
    public Reminders.ReminderRules Rules { get; init; } = new();

    /// <summary>Of what reminds, or asks somebody: who those are whom the 8D concerns, by their names there; those that nobody knows are not among them.</summary>
    public IReadOnlyDictionary<string, Person> Owners { get; init; } = System.Collections.Immutable.ImmutableDictionary<string, Person>.Empty;

    /// <summary>The time zones of those people whose channel says it, by id.</summary>
    public IReadOnlyDictionary<string, string> Zones { get; init; } = System.Collections.Immutable.ImmutableDictionary<string, string>.Empty;

    /// <summary>The time zone in which somebody is reminded: their own, else the workspace's.</summary>
    internal string ZoneOf(Person person) => Zones.GetValueOrDefault(person.Id) ?? Settings.TimeZone;

    /// <summary>Of a reminder's button: what it names.</summary>
    public IReadOnlyList<Reminders.Duty> Reminded { get; init; } = [];

    /// <summary>Of <c>remind now</c>: who got a message today already, by id.</summary>
    public IReadOnlySet<string> RemindedToday { get; init; } = System.Collections.Immutable.ImmutableHashSet<string>.Empty;

    /// <summary>The log entry that an <c>undo</c> means when the incident itself no longer holds it.</summary>
    public LogEntry? OlderEntry { get; init; }

    /// <summary>Whether a private 8D has a repository of its own to go to.</summary>
    public bool HasPrivateRepository { get; init; }
}

/// <summary>A report by number, wherever it is.</summary>
/// <param name="Entry">Number, title, file.</param>
/// <param name="Text">Its Markdown.</param>
/// <param name="Incident">The id of the 8D here that it belongs to; null when only Git has it.</param>
/// <param name="IsOpen">Whether that 8D is open.</param>
/// <param name="IsPrivate">Whether that 8D is its own people's alone.</param>
/// <param name="Published">Where it stands in Git; null where it does not, or where that is not known.</param>
/// <param name="Home">The conversation of that 8D; null when only Git has it.</param>
public sealed record KnownReport(ReportEntry Entry, string Text, string? Incident, bool IsOpen = false, bool IsPrivate = false, Publication? Published = null, string? Home = null)
{
    /// <summary>That 8D, where it came back from Git alone and can be taken up; null otherwise.</summary>
    public Incident? Homeless { get; init; }
}

/// <summary>A line of <c>list</c>.</summary>
/// <param name="Number">1 or more.</param>
/// <param name="Title">Its title.</param>
/// <param name="Status">Its status line; empty where it is not known without reading the report.</param>
public sealed record ListedReport(int Number, string Title, string Status)
{
    /// <summary>What the 8D took; null where it is known from Git alone.</summary>
    public Learning.IncidentFigures? Figures { get; init; }

    /// <summary>What it says of the cause; null where that was not read.</summary>
    public Reports.Learning.Lesson? Lesson { get; init; }
}

/// <summary>A line of <c>actions mine</c>.</summary>
/// <param name="Report">The 8D's number.</param>
/// <param name="Number">The row's own number.</param>
/// <param name="Action">What.</param>
/// <param name="Due">As it stands in the report.</param>
/// <param name="IsOverdue">Whether the day is past.</param>
public sealed record ListedAction(int Report, int Number, string Action, string Due, bool IsOverdue);

/// <summary>What a workspace decided for all its 8Ds.</summary>
public sealed record WorkspaceSettings
{
    /// <summary>An IANA zone, <c>UTC</c> at first.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>The template of a <c>start</c> that names none.</summary>
    public string Template { get; init; } = "incident";

    /// <summary>Who may close, cancel and reopen.</summary>
    public MayClose Close { get; init; } = MayClose.Anyone;

    /// <summary>When it wants to be reminded; null: as the operator says.</summary>
    public Reminders.ReminderChoices? Reminders { get; init; }

    /// <summary>Who is meant by names that the channel does not know, or knows several of.</summary>
    public System.Collections.Immutable.ImmutableList<KnownAs> Known
    {
        get => field ?? [];
        init;
    } = [];

    /// <summary>Who is away; nobody reminds them meanwhile.</summary>
    public System.Collections.Immutable.ImmutableList<Absence> Away
    {
        get => field ?? [];
        init;
    } = [];

    /// <summary>What somebody decided here, in settings that others changed meanwhile.</summary>
    /// <param name="before">The settings from which it was decided.</param>
    /// <param name="after">What was decided.</param>
    public WorkspaceSettings With(WorkspaceSettings before, WorkspaceSettings after) => this with
    {
        TimeZone = after.TimeZone == before.TimeZone ? TimeZone : after.TimeZone,
        Template = after.Template == before.Template ? Template : after.Template,
        Close = after.Close == before.Close ? Close : after.Close,
        Reminders = after.Reminders == before.Reminders ? Reminders : after.Reminders,
        Known = Known.RemoveRange(before.Known.Except(after.Known)).AddRange(after.Known.Except(before.Known)),
        Away = Away.RemoveRange(before.Away.Except(after.Away)).RemoveAll(each => after.Away.Except(before.Away).Any(other => other.Person == each.Person)).AddRange(after.Away.Except(before.Away)),
    };

    /// <summary>The last day on which somebody is away; null: nobody said so.</summary>
    /// <param name="person">The person's id.</param>
    public DateOnly? AwayUntil(string person) => Away.Find(each => each.Person == person)?.Until;
}

/// <summary>Whom a name means.</summary>
/// <param name="Name">The name, as it stands in reports.</param>
/// <param name="Person">Who it is.</param>
public sealed record KnownAs(string Name, Person Person);

/// <summary>That somebody is away.</summary>
/// <param name="Person">The person's id.</param>
/// <param name="Until">The last day of it.</param>
public sealed record Absence(string Person, DateOnly Until)
{
    /// <summary>The person's name.</summary>
    public string? Name { get; init; }
}

/// <summary>Who may close, cancel and reopen an 8D.</summary>
public enum MayClose
{
    /// <summary>Whoever sees the conversation.</summary>
    Anyone,

    /// <summary>The lead, and who started it.</summary>
    Lead,

    /// <summary>The champion accepts or returns what somebody else closes.</summary>
    Champion,
}
