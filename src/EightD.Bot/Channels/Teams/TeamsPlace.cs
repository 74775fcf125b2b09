using EightD.Incidents;

namespace EightD.Bot.Channels.Teams;

/// <summary>
/// Where something of Teams is. A channel is one conversation, however many posts it has; an 8D is in the thread of the post in which it was started. A chat
/// has no threads: all that is said in it is said in the one thread of its 8D.
/// </summary>
/// <param name="Tenant">The tenant's id, in lower case.</param>
/// <param name="Conversation">The channel's or chat's id, without a post's.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Root">The thread: a post's id in a channel, <see cref="Chat"/> in a chat; null in a channel outside any post.</param>
internal sealed record TeamsPlace(string Tenant, string Conversation, TeamsPlace.Kinds Kind, string? Root)
{
    /// <summary>What a tenant of Teams begins with; the tenant's id follows.</summary>
    public const string Tenants = "teams/";

    /// <summary>The one thread of a chat.</summary>
    public const string Chat = "chat";

    /// <summary>What separates a channel's id from that of a post in it (Teams, "Channel and group chat conversations").</summary>
    private const string Post = ";messageid=";

    /// <summary>The kinds of conversation.</summary>
    internal enum Kinds
    {
        /// <summary>One person and the bot.</summary>
        Personal,

        /// <summary>Several people.</summary>
        Group,

        /// <summary>A channel of a team.</summary>
        Channel,
    }

    /// <summary>Where an activity is from; null where it does not say it.</summary>
    public static TeamsPlace? Of(TeamsActivity activity)
    {
        if (activity.Conversation is not { Id: { Length: > 0 } id } conversation || (conversation.TenantId ?? activity.ChannelData?.Tenant?.Id) is not { Length: > 0 } tenant) return null;
        var kind = conversation.ConversationType switch { "personal" => Kinds.Personal, "channel" => Kinds.Channel, _ => Kinds.Group };
        var cut = id.IndexOf(Post, StringComparison.Ordinal);
        var root = kind != Kinds.Channel ? Chat : cut < 0 ? null : id[(cut + Post.Length)..];
        return new(tenant.ToLowerInvariant(), cut < 0 ? id : id[..cut], kind, root);
    }

    /// <summary>The id that Teams knows the thread by.</summary>
    public static string IdOf(string conversation, string? root) => root is null or Chat ? conversation : conversation + Post + root;

    /// <summary>The thread of an id that Teams knows one by; null where it is none of a channel.</summary>
    public static string? RootOf(string id) => id.IndexOf(Post, StringComparison.Ordinal) is >= 0 and var cut ? id[(cut + Post.Length)..] : null;

    /// <summary>The conversation, whichever thread of it.</summary>
    public Conversation InConversation => new(Tenants + Tenant, Conversation);

    /// <summary>The same as a turn's place.</summary>
    /// <param name="isPrivate">Whether only its members see it.</param>
    public Place ToPlace(bool isPrivate) => new(Tenants + Tenant, Conversation, isPrivate, Root, Root);
}
