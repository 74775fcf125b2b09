using EightD.Incidents;
using EightD.Incidents.Commands;

namespace EightD.Bot.Channels.Teams;

/// <summary>A message of a person that is a turn: a mention of the bot, words to the bot alone, a reply where the app may read along, a change of one of them.</summary>
/// <param name="Request">The id of the request.</param>
/// <param name="Message">The message's id.</param>
/// <param name="Deed">What it means.</param>
/// <param name="Mentioned">Whom it names.</param>
internal sealed record TeamsSaid(string Request, string Message, Deed Deed, IReadOnlyList<Person> Mentioned)
{
    /// <summary>What a message says; null where it says nothing to the bot.</summary>
    public static TeamsSaid? Of(TeamsActivity activity, TeamsPlace place)
    {
        var words = TeamsText.Read(activity);
        if (DeedOf(activity, place, words) is not { } deed) return null;
        return new($"message {place.Conversation} {activity.Id}", activity.Id!, deed, words.Mentioned);
    }

    /// <summary>What a message says that was changed.</summary>
    public static TeamsSaid Change(TeamsActivity activity)
    {
        var words = TeamsText.Read(activity);
        return new($"change {activity.Id} {activity.Timestamp:O}", activity.Id!, new Deed.Reworded(activity.Id!, words.Markdown), words.Mentioned);
    }

    private static Deed? DeedOf(TeamsActivity activity, TeamsPlace place, TeamsWords words)
    {
        if (activity.Recipient?.IsTargeted == true || (words.IsToBot && place.Kind == TeamsPlace.Kinds.Channel && (place.Root is null || place.Root == activity.Id))) return Read(words, CommandLine.Read);
        if (words.IsToBot || place.Kind == TeamsPlace.Kinds.Personal) return words.Command.Length == 0 && words.Markdown.Length > 0 ? new Deed.Reply(words.Markdown) : Read(words, CommandLine.ReadMention);
        return string.IsNullOrWhiteSpace(words.Markdown) || place.Root is null ? null : new Deed.Reply(words.Markdown);
    }

    /// <summary>A command as its words are typed; what it says beyond its name keeps its bold, lists and links where the message has some.</summary>
    private static Deed Read(TeamsWords words, Func<string, Deed> read)
    {
        var typed = read(words.Command);
        if (!words.IsFormatted) return typed;
        return (typed, read(words.Markdown)) switch
        {
            (Deed.Answer plain, Deed.Answer rich) when plain with { Text = "" } == rich with { Text = "" } => rich,
            (Deed.Note, Deed.Note rich) => rich,
            (Deed.CommandOrReply { Command: Deed.Mistyped or Deed.Misused } plain, _) => plain with { Text = words.Markdown },
            _ => typed,
        };
    }
}
