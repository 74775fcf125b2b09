using EightD.Reports;

namespace EightD.Incidents;

/// <summary>Somebody in a channel.</summary>
/// <param name="Id">The channel's id, unique in its tenant.</param>
/// <param name="Name">What stands in a report: the display name.</param>
public sealed record Person(string Id, string Name)
{
    /// <summary>The bot itself: who did what a clock did.</summary>
    public static Person Bot { get; } = new("8d-bot", "8D Bot");

    /// <summary>Whether this person has that name in a report: the display name or the id, upper or lower case.</summary>
    public bool IsCalled(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase) || Id.Equals(name, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Where something was said.</summary>
/// <param name="Tenant">Channel and workspace, for example <c>playground</c>. No look-up crosses it.</param>
/// <param name="Conversation">The channel's id of the conversation.</param>
/// <param name="IsPrivate">Whether only its members see it.</param>
/// <param name="Thread">The id of the message that the thread hangs under; null at the top level.</param>
/// <param name="Root">The thread in which an 8D is that begins here, card and all; null: in the thread of its own card.</param>
public sealed record Place(string Tenant, string Conversation, bool IsPrivate = false, string? Thread = null, string? Root = null);

/// <summary>What a person did, in no channel's words. A channel makes it, <see cref="Deciding.Decide"/> reads it.</summary>
/// <param name="Request">The channel's id of the request. A second turn with the same id changes nothing.</param>
/// <param name="By">Who did it.</param>
/// <param name="At">Where.</param>
/// <param name="SentAt">When it was sent, by the channel's clock: a reply answers the question that stood then.</param>
/// <param name="Deed">What.</param>
/// <param name="Message">The id of the message with which it was said; null for a button, a form or a clock.</param>
/// <param name="Mentioned">Whom its text names: so that <c>@maria</c> can be written as a name and reached as a person.</param>
public sealed record Turn(
    string Request, Person By, Place At, DateTimeOffset SentAt, Deed Deed, string? Message = null, IReadOnlyList<Person>? Mentioned = null);

/// <summary>What was done. The cases below are all there are.</summary>
public abstract record Deed
{
    private Deed() { }

    /// <summary>Whether it only looks: it is answered, and nothing is written.</summary>
    public virtual bool OnlyLooks => false;

    /// <summary>Whether an 8D may begin with it.</summary>
    public virtual bool Begins => false;

    /// <summary>Opens an 8D.</summary>
    public sealed record Start(
        string Title, string? Template = null, string? Severity = null, int? Supersedes = null, int? From = null, bool Private = false) : Deed
    {
        /// <inheritdoc/>
        public override bool Begins => true;
    }

    /// <summary>How it stands; with <paramref name="Log"/>, who changed what.</summary>
    public sealed record Status(bool Log = false) : Deed
    {
        /// <inheritdoc/>
        public override bool OnlyLooks => true;
    }

    /// <summary>Ask the next open question, and the rest after it.</summary>
    public sealed record Next : Deed;

    /// <summary>Leave the open question for later.</summary>
    /// <param name="Question">The key of the question's message; null: the open one.</param>
    public sealed record Skip(string? Question = null) : Deed;

    /// <summary>The open question does not apply.</summary>
    public sealed record DoesNotApply(string? Question) : Deed;

    /// <summary>Return to the question before.</summary>
    public sealed record Back(string? Question = null) : Deed;

    /// <summary>Ask no more.</summary>
    public sealed record Stop : Deed;

    /// <summary>Take an answer back.</summary>
    /// <param name="Entry">The log entry; null: one's last.</param>
    public sealed record Undo(long? Entry = null) : Deed;

    /// <summary>Write an answer without being asked.</summary>
    /// <param name="Section">As typed: <c>D4</c>, <c>d4</c>, <c>4</c>.</param>
    /// <param name="Label">As typed; null for the discipline.</param>
    /// <param name="Text">The answer.</param>
    /// <param name="Replace">In the place of what is there.</param>
    public sealed record Answer(string Section, string? Label, string Text, bool Replace) : Deed;

    /// <summary>A form with what a discipline holds.</summary>
    public sealed record Edit(string Section) : Deed
    {
        /// <inheritdoc/>
        public override bool OnlyLooks => true;
    }

    /// <summary>Adds to the team.</summary>
    /// <param name="Line"><c>@who ROLE[, DEPARTMENT[: RESPONSIBILITIES]]</c>.</param>
    public sealed record TeamAdd(string Line) : Deed;

    /// <summary>Takes somebody off the team.</summary>
    public sealed record TeamRemove(string Name) : Deed;

    /// <summary>Takes somebody off the team, and the name out of the draft and the log.</summary>
    public sealed record TeamErase(string Name) : Deed;

    /// <summary>Who will be reminded of what, and what became of what was sent.</summary>
    public sealed record Remind : Deed
    {
        /// <inheritdoc/>
        public override bool OnlyLooks => true;
    }

    /// <summary>Nothing is to be heard of something for a while.</summary>
    /// <param name="Which">A row's own number, or <c>D4</c>, <c>effect</c>, <c>temp2</c>.</param>
    /// <param name="Until"><c>3d</c>, <c>2 weeks</c>, or a date.</param>
    public sealed record RemindSnooze(string Which, string Until) : Deed;

    /// <summary>Nothing is to be heard of something any more.</summary>
    /// <param name="Which">As of <see cref="RemindSnooze"/>.</param>
    public sealed record RemindOff(string Which) : Deed;

    /// <summary>Who owns something that is due is reminded now.</summary>
    public sealed record RemindNow : Deed;

    /// <summary>Somebody is away.</summary>
    /// <param name="Who">Who; null: whoever says it.</param>
    /// <param name="Until">The last day of it, as typed.</param>
    public sealed record RemindAway(string? Who, string Until) : Deed;

    /// <summary>Somebody was reminded of something of this 8D, or could not be.</summary>
    /// <param name="To">Who.</param>
    /// <param name="Day">On which day.</param>
    /// <param name="Of">The keys of what it was.</param>
    /// <param name="Failed">Why it could not be delivered; null: it was.</param>
    /// <param name="IsUnsure">Whether nobody knows if it arrived.</param>
    public sealed record Reminded(Person To, DateOnly Day, IReadOnlyList<string> Of, string? Failed, bool IsUnsure = false) : Deed;

    /// <summary>The day has come on which the conversation is told of what is overdue.</summary>
    /// <param name="Day">The day.</param>
    /// <param name="Stranded">The keys of what nobody else can be told of.</param>
    public sealed record Digest(DateOnly Day, IReadOnlyList<string> Stranded) : Deed;

    /// <summary>Somebody is asked for a discipline.</summary>
    /// <param name="Section">As typed: <c>D4</c>.</param>
    /// <param name="Who">The name.</param>
    /// <param name="Until">By when, as typed; null: nothing was said.</param>
    public sealed record Assign(string Section, string Who, string? Until) : Deed;

    /// <summary>A reader refuses a discipline.</summary>
    public sealed record Return(string Section, string Reason) : Deed;

    /// <summary>A temporary measure of D3 has ended.</summary>
    /// <param name="Number">Its number.</param>
    /// <param name="Adopted">Whether it was made permanent; else it was taken away.</param>
    /// <param name="Words">When it was taken away, or what it is now; null: nothing was said.</param>
    public sealed record Temp(int Number, bool Adopted, string? Words) : Deed;

    /// <summary>What the corrective actions brought about, as measured.</summary>
    /// <param name="Text">The figure; or why there is none to be content with.</param>
    /// <param name="Failed">Whether they did not do what they should.</param>
    public sealed record Measured(string Text, bool Failed) : Deed;


    /// <summary>Adds to the timeline.</summary>
    public sealed record Note(string Text) : Deed;

    /// <summary>The incident is contained since then; null: since now.</summary>
    public sealed record Contained(string? Time) : Deed;

    /// <summary>The incident is resolved since then; null: since now.</summary>
    public sealed record Resolved(string? Time) : Deed;

    /// <summary>It is not resolved after all.</summary>
    public sealed record NotResolved : Deed;

    /// <summary>Corrects a fact.</summary>
    public sealed record Set(IncidentFact Fact, string Value) : Deed;

    /// <summary>Adds a row to D6.</summary>
    /// <param name="Line"><c>WHAT @owner by DATE</c>.</param>
    public sealed record ActionAdd(string Line) : Deed;

    /// <summary>A row of D6 is done.</summary>
    public sealed record ActionDone(int Number, string? Link) : Deed;

    /// <summary>A row of D6 is due then.</summary>
    public sealed record ActionDue(int Number, string Date) : Deed;

    /// <summary>Somebody else does it.</summary>
    public sealed record ActionAssign(int Number, string Owner) : Deed;

    /// <summary>It will not be done.</summary>
    public sealed record ActionDrop(int Number, string Reason) : Deed;

    /// <summary>It is to be done after all.</summary>
    public sealed record ActionReopen(int Number) : Deed;

    /// <summary>Lists actions.</summary>
    public sealed record Actions(ActionsWanted Wanted) : Deed
    {
        /// <inheritdoc/>
        public override bool OnlyLooks => true;
    }

    /// <summary>Whether the report is a good 8D: what matters most, or all that was found.</summary>
    public sealed record Check(bool All) : Deed
    {
        /// <inheritdoc/>
        public override bool OnlyLooks => true;
    }

    /// <summary>The report as it would be published.</summary>
    public sealed record Preview : Deed
    {
        /// <inheritdoc/>
        public override bool OnlyLooks => true;
    }

    /// <summary>Commits the report and posts it.</summary>
    public sealed record Publish : Deed;

    /// <summary>Ends the 8D.</summary>
    /// <param name="Anyway">Why although something is found; null: unless something is found.</param>
    public sealed record Close(string? Anyway) : Deed;

    /// <summary>Opens it again.</summary>
    public sealed record Reopen(string Reason) : Deed;

    /// <summary>Abandons it.</summary>
    public sealed record Cancel(string Reason) : Deed;

    /// <summary>Links it with another report.</summary>
    public sealed record LinkTo(int Number, string Type) : Deed;

    /// <summary>Another report was linked with this one: the answering line.</summary>
    public sealed record Linked(Link Link) : Deed;

    /// <summary>Earlier reports.</summary>
    public sealed record List(bool All) : Deed
    {
        /// <inheritdoc/>
        public override bool OnlyLooks => true;
    }

    /// <summary>One earlier report.</summary>
    public sealed record Show(int Number) : Deed
    {
        /// <inheritdoc/>
        public override bool OnlyLooks => true;
    }

    /// <summary>The reports that hold words.</summary>
    public sealed record Search(string Words) : Deed
    {
        /// <inheritdoc/>
        public override bool OnlyLooks => true;
    }

    /// <summary>Which templates there are.</summary>
    public sealed record Templates : Deed
    {
        /// <inheritdoc/>
        public override bool OnlyLooks => true;
    }

    /// <summary>Shows the workspace's settings, or changes one.</summary>
    public sealed record Settings(string? Key, string? Value) : Deed
    {
        /// <inheritdoc/>
        public override bool OnlyLooks => true;
    }

    /// <summary>One screen of help, or one command's examples.</summary>
    public sealed record Help(string? Command) : Deed
    {
        /// <inheritdoc/>
        public override bool OnlyLooks => true;
    }

    /// <summary>A command that does not exist.</summary>
    /// <param name="Typed">As typed.</param>
    public sealed record Mistyped(string Typed) : Deed
    {
        /// <inheritdoc/>
        public override bool OnlyLooks => true;
    }

    /// <summary>A command whose words do not fit it.</summary>
    /// <param name="Command">Its name in the table.</param>
    /// <param name="Typed">What stood after it.</param>
    public sealed record Misused(string Command, string Typed) : Deed
    {
        /// <inheritdoc/>
        public override bool OnlyLooks => true;
    }

    /// <summary>Said something in a thread.</summary>
    public sealed record Reply(string Text) : Deed;

    /// <summary>Mentioned the bot with words that are a command and could be an answer too.</summary>
    /// <param name="Text">The words without the mention.</param>
    /// <param name="Command">What they say as a command.</param>
    public sealed record CommandOrReply(string Text, Deed Command) : Deed
    {
        /// <inheritdoc/>
        public override bool Begins => Command.Begins;
    }

    /// <summary>Files a message that already says it.</summary>
    /// <param name="Author">Who said it.</param>
    /// <param name="SaidAt">When.</param>
    /// <param name="Text">What, as Markdown.</param>
    /// <param name="Link">Where it stands; null where that is not known.</param>
    /// <param name="Section">Where it belongs: <c>D4</c>; null: into the timeline.</param>
    public sealed record Capture(Person Author, DateTimeOffset SaidAt, string Text, string? Link, string? Section = null) : Deed;

    /// <summary>Changed a message said before; null text: deleted it.</summary>
    public sealed record Reworded(string Message, string? Text) : Deed;

    /// <summary>Pressed a button.</summary>
    public sealed record Press(string Action, string Value) : Deed;

    /// <summary>Submitted a form.</summary>
    public sealed record Submit(string Form, IReadOnlyDictionary<string, string> Values) : Deed
    {
        /// <inheritdoc/>
        public override bool Begins => Form == Cards.Form.Start;
    }

    /// <summary>Time has come for what was waiting: the next question.</summary>
    public sealed record Tick : Deed;

    /// <summary>What became of a publish.</summary>
    public sealed record Published(PublishOutcome Outcome) : Deed;

    /// <summary>People changed its file in Git.</summary>
    public sealed record EditedInGit(ReadingBack.GitEdit What) : Deed;

    /// <summary>The channel calls the 8D's conversation otherwise from now on: as the turn's own place.</summary>
    public sealed record Moved : Deed;
}

/// <summary>What <c>set</c> corrects.</summary>
public enum IncidentFact
{
    /// <summary>The report's title.</summary>
    Title,

    /// <summary>How bad it is, in the team's own scale.</summary>
    Severity,

    /// <summary>When it began.</summary>
    Occurred,

    /// <summary>When it was noticed.</summary>
    Detected,

    /// <summary>When it stopped getting worse.</summary>
    Contained,

    /// <summary>When it was over.</summary>
    Resolved,
}

/// <summary>Which actions are listed.</summary>
public enum ActionsWanted
{
    /// <summary>This 8D's open ones.</summary>
    Open,

    /// <summary>One's own, over all open 8Ds of this workspace.</summary>
    Mine,

    /// <summary>This 8D's overdue ones.</summary>
    Overdue,

    /// <summary>All of this 8D.</summary>
    All,
}

/// <summary>What became of a publish.</summary>
public abstract record PublishOutcome
{
    private PublishOutcome() { }

    /// <summary>It is in Git.</summary>
    /// <param name="Commit">The commit's full hash.</param>
    /// <param name="Path">The file's path in the repository.</param>
    /// <param name="FileName">The file's name in its folder.</param>
    /// <param name="Text">The text that was committed.</param>
    public sealed record Done(string Commit, string Path, string FileName, string Text) : PublishOutcome
    {
        /// <summary>The branch on which it waits to be merged; null where it does not have to.</summary>
        public Review? Review { get; init; }

        /// <summary>Why no pull request was opened for that branch, in the host's own words; null where there was no need to say.</summary>
        public string? Unopened { get; init; }
    }

    /// <summary>Another report has this number meanwhile.</summary>
    /// <param name="NextFree">The number to take.</param>
    public sealed record NumberTaken(int NextFree) : PublishOutcome;

    /// <summary>People changed its file in Git since; that is read back first.</summary>
    public sealed record Edited(ReadingBack.GitEdit Edit) : PublishOutcome;

    /// <summary>Chat and Git changed the same words, and nobody decided yet.</summary>
    public sealed record Undecided : PublishOutcome;

    /// <summary>Git cannot be reached now; it is tried again.</summary>
    public sealed record Waiting(string Reason) : PublishOutcome;

    /// <summary>The server refused; it is not tried again by itself.</summary>
    /// <param name="Words">The server's own words.</param>
    public sealed record Refused(string Words) : PublishOutcome;
}
