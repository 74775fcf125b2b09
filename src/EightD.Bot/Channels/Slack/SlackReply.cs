using System.Text.Json.Nodes;

namespace EightD.Bot.Channels.Slack;

/// <summary>What Slack gets for a request: a status over HTTP, a payload over Socket Mode.</summary>
internal sealed class SlackReply(int status, string? json = null, SlackPost? post = null)
{
    /// <summary>It was taken.</summary>
    public static readonly SlackReply Done = new(StatusCodes.Status200OK);

    /// <summary>It is for no workspace that has the app.</summary>
    public static readonly SlackReply Stranger = new(StatusCodes.Status401Unauthorized);

    /// <summary>It could not be kept; Slack sends an event again that is answered so.</summary>
    public static readonly SlackReply NotKept = new(StatusCodes.Status503ServiceUnavailable);

    /// <summary>The HTTP status; anything but 200 is never acknowledged over Socket Mode, and so sent again.</summary>
    public int Status => status;

    /// <summary>What whoever typed a command is told, for where they cannot be answered any more but must be written to; null for nothing.</summary>
    public SlackPost? Post => post;

    /// <summary>The body; null for none. Made as it is asked for: a reply is remembered, in case Slack asks again.</summary>
    public string? Json => post is null ? json : SlackChannel.Ephemeral(post, thread: null);

    /// <summary>Tells whoever typed a command, in Slack's own answer to it (Slack, "Enabling interactivity with Slash Commands").</summary>
    public static SlackReply Privately(SlackPost post) => new(StatusCodes.Status200OK, post: post);

    /// <summary>Brings a form back as it was filled.</summary>
    /// <param name="errors">Why, by the inputs of the modal.</param>
    public static SlackReply Refused(IReadOnlyDictionary<string, string> errors)
    {
        var beside = new JsonObject();
        foreach (var (input, why) in errors) beside[input] = why;
        return new(StatusCodes.Status200OK, new JsonObject { ["response_action"] = "errors", ["errors"] = beside }.ToJsonString(JsonText.AsItIs));
    }
}
