using System.Text.Json;

namespace EightD.Bot.Tests.Slack;

/// <summary>What a call of Slack meets.</summary>
internal sealed record SlackFault
{
    /// <summary>Whether Slack does what it is asked.</summary>
    public bool Reaches { get; init; }

    /// <summary>Whether the connection is cut in the place of an answer.</summary>
    public bool IsCut { get; init; }

    /// <summary>Whether nothing is answered until the caller gives up or Slack stops.</summary>
    public bool Hangs { get; init; }

    /// <summary>The status that is answered in the place of 200.</summary>
    public int? Status { get; init; }

    public int? RetryAfter { get; init; }

    /// <summary>The code of an answer that is not ok.</summary>
    public string? Error { get; init; }

    public string? Needed { get; init; }

    public TimeSpan Delay { get; init; }

    /// <summary>What happens in Slack just before the call is looked at.</summary>
    public Action? Before { get; init; }

    /// <summary>It is done, and the connection cut before that is said.</summary>
    public static SlackFault AnswerLost { get; } = new() { Reaches = true, IsCut = true };

    /// <summary>The connection is cut before anything is done.</summary>
    public static SlackFault Cut { get; } = new() { IsCut = true };

    /// <summary>It is not done, and nothing answered until the caller gives up.</summary>
    public static SlackFault Hang { get; } = new() { Hangs = true };

    /// <summary>It is not done: status 429.</summary>
    public static SlackFault RateLimited(int seconds = 1) => new() { Status = 429, RetryAfter = seconds };

    /// <summary>It is not done: a status of an outage.</summary>
    public static SlackFault Down(int status = 500) => new() { Status = status };

    /// <summary>It is done, and said to have failed.</summary>
    public static SlackFault SaidToFail(int status = 500) => new() { Reaches = true, Status = status };

    /// <summary>It is not done: <c>ok:false</c> with this code.</summary>
    public static SlackFault Refused(string error, string? needed = null) => new() { Error = error, Needed = needed };

    /// <summary>It is done, and said to have failed with this code, as <c>internal_error</c> may.</summary>
    public static SlackFault DoneBut(string error) => new() { Reaches = true, Error = error };

    /// <summary>It is done after a while.</summary>
    public static SlackFault Slow(TimeSpan delay) => new() { Reaches = true, Delay = delay };
}

/// <summary>A call as the bot made it.</summary>
/// <param name="Method">Such as <c>chat.postMessage</c>; <c>upload</c> and <c>response_url</c> for those.</param>
/// <param name="Arguments">An object; values that a form sends as JSON are parsed.</param>
/// <param name="Token">The bearer's token; null where none was sent.</param>
/// <param name="At">By the stand-in's clock.</param>
internal sealed record SlackCall(string Method, JsonElement Arguments, string? Token, DateTimeOffset At)
{
    /// <summary>An argument's text; null where it has none.</summary>
    public string? this[string name] => SlackJson.String(Arguments, name);
}

/// <summary>Slack says <c>ok:false</c>.</summary>
internal sealed class SlackRefusalException(string error) : Exception(error)
{
    public string Error { get; } = error;

    public string? Needed { get; init; }

    public string? Provided { get; init; }

    public IReadOnlyList<string> Messages { get; init; } = [];
}
