using System.Globalization;
using EightD.Incidents;
using EightD.Incidents.Commands;

namespace EightD.Bot.Channels.Slack;

/// <summary>A message of a person that may be a turn: a reply in a thread, a mention of the bot, words to the bot alone, a change of one of them.</summary>
/// <param name="Request">The id of the request: the same message that comes twice, as a mention and as a message, is one.</param>
/// <param name="Channel">The channel's id.</param>
/// <param name="User">Who.</param>
/// <param name="Thread">The <c>ts</c> of the thread; null at the top level.</param>
/// <param name="Message">The message's <c>ts</c>.</param>
/// <param name="SentAt">When it was sent.</param>
/// <param name="Content">What was said; null: it was deleted.</param>
/// <param name="Kind">What it may be.</param>
internal sealed record SlackSaid(string Request, string Channel, string User, string? Thread, string Message, DateTimeOffset SentAt, SlackContent? Content, SlackSaid.Kinds Kind)
{
    /// <summary>What the bot is called in what it reads.</summary>
    private static readonly string Bot = $"@{Person.Bot.Name}";

    /// <summary>What a message may be.</summary>
    internal enum Kinds
    {
        /// <summary>It mentions the bot: a command, or the answer to the question that stands.</summary>
        Mention,

        /// <summary>A reply in a thread.</summary>
        Reply,

        /// <summary>Said to the bot alone.</summary>
        Direct,

        /// <summary>A change of what was said before.</summary>
        Change,
    }

    /// <summary>Who and what it names.</summary>
    public SlackIds Mentioned => Content?.Mentioned ?? new([], [], []);

    /// <summary>What an event says; null where it says nothing to the bot.</summary>
    public static SlackSaid? Of(SlackEvent happened, SlackWorkspace workspace) => happened switch
    {
        { Hidden: true, Subtype: not ("message_changed" or "message_deleted") } or { Channel: null } => null,
        { Type: "app_mention", BotId: null, User: { } user, Ts: { } ts } => New(happened, user, ts, Kinds.Mention),
        { Type: "message", Subtype: "message_changed", Message: { BotId: null, User: { } user, Ts: { } ts } now } when user != workspace.BotUser && IsOther(now, happened.PreviousMessage)
            => new($"change {happened.Channel} {ts} {now.Edited?.Ts ?? happened.EventTs}", happened.Channel, user, ThreadOf(now.ThreadTs, ts), ts, TimeOf(happened.EventTs ?? ts), SlackContent.Of(now.Text, now.Blocks, now.Files), Kinds.Change),
        { Type: "message", Subtype: "message_deleted", PreviousMessage: { BotId: null, User: { } user, ThreadTs: { } thread }, DeletedTs: { } ts } when user != workspace.BotUser && thread != ts
            => new($"delete {happened.Channel} {ts}", happened.Channel, user, thread, ts, TimeOf(happened.EventTs ?? ts), Content: null, Kinds.Change),
        { Type: "message", Subtype: null or "file_share" or "thread_broadcast" or "me_message", BotId: null, User: { } user, Ts: { } ts } when user != workspace.BotUser => OfMessage(happened, user, ts, workspace),
        _ => null,
    };

    /// <summary>What it means; null where it means nothing to the bot.</summary>
    public Deed? DeedOf(SlackNames names, SlackWorkspace workspace)
    {
        if (Content is null) return new Deed.Reworded(Message, Text: null);
        var text = Content.Markdown(names with { Users = new Dictionary<string, string>(names.Users, StringComparer.Ordinal) { [workspace.BotUser] = Person.Bot.Name } });
        if (Kind == Kinds.Change) return new Deed.Reworded(Message, WithoutBot(text) ?? text);
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (WithoutBot(text) is { } words) return Thread is null ? CommandLine.Read(words) : CommandLine.ReadMention(words);
        return Kind switch
        {
            Kinds.Direct when Thread is null => CommandLine.Read(WithoutCommand(text)),
            Kinds.Mention when Thread is null => null,
            _ => new Deed.Reply(text),
        };
    }

    private static SlackSaid? OfMessage(SlackEvent happened, string user, string ts, SlackWorkspace workspace)
    {
        var isDirect = happened.ChannelType == "im";
        var thread = ThreadOf(happened.ThreadTs, ts);
        if (isDirect) return New(happened, user, ts, Kinds.Direct);
        var start = happened.Text?.TrimStart() ?? "";
        var isMention = start.StartsWith($"<@{workspace.BotUser}>", StringComparison.Ordinal) || start.StartsWith($"<@{workspace.BotUser}|", StringComparison.Ordinal);
        return thread is null || isMention ? null : New(happened, user, ts, Kinds.Reply); // a mention comes as one too
    }

    private static SlackSaid New(SlackEvent happened, string user, string ts, Kinds kind) =>
        new($"message {happened.Channel} {ts}", happened.Channel!, user, ThreadOf(happened.ThreadTs, ts), ts, TimeOf(ts), SlackContent.Of(happened.Text, happened.Blocks, happened.Files), kind);

    private static bool IsOther(SlackMessage now, SlackMessage? before) => before is null || now.Text != before.Text;

    private static string? ThreadOf(string? thread, string ts) => thread == ts ? null : thread;

    private static string? WithoutBot(string text) =>
        text.TrimStart() is var start && start.StartsWith(Bot, StringComparison.Ordinal) && (start.Length == Bot.Length || !char.IsLetterOrDigit(start[Bot.Length])) ? start[Bot.Length..].TrimStart(' ', ':', ',') : null;

    private static string WithoutCommand(string text) => text.TrimStart() is var start && start.StartsWith("/8d", StringComparison.OrdinalIgnoreCase) ? start[3..] : text;

    /// <summary>When a message with this <c>ts</c> was sent.</summary>
    public static DateTimeOffset TimeOf(string ts) =>
        decimal.TryParse(ts, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < 100_000_000_000 ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond)) : DateTimeOffset.UnixEpoch;
}
