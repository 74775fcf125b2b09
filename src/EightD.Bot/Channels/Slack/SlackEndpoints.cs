using System.Text;
using System.Text.Json;
using EightD.Bot.Settings;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace EightD.Bot.Channels.Slack;

/// <summary>
/// The addresses that Slack posts to. A request is checked against its signature before anything of it is parsed, and what is refused is refused without
/// a detail.
/// </summary>
internal sealed class SlackEndpoints(SlackSettings settings, SlackReception reception, TimeProvider clock, ILogger<SlackEndpoints> log)
{
    /// <summary>Where Slack posts to.</summary>
    public const string Commands = "/slack/commands", Interactivity = "/slack/interactivity", Events = "/slack/events";

    private const string Form = "application/x-www-form-urlencoded", Json = "application/json";

    public void Map(WebApplication app)
    {
        app.MapPost(Commands, context => AnswerAsync(context, Form, mayBeSslCheck: true, Command));
        app.MapPost(Interactivity, context => AnswerAsync(context, Form, mayBeSslCheck: false, Interaction));
        app.MapPost(Events, context => AnswerAsync(context, Json, mayBeSslCheck: false, Event));
    }

    private Task<SlackReply> Command(byte[] body) => reception.TakeAsync(SlackRequest.ReadCommand(SlackRequest.ReadForm(body)));

    private Task<SlackReply> Interaction(byte[] body) => reception.TakeAsync(SlackRequest.ReadInteraction(SlackRequest.ReadForm(body)));

    private Task<SlackReply> Event(byte[] body) => SlackRequest.ReadEnvelope(body) switch
    {
        { Type: "url_verification", Challenge: { } challenge } => Task.FromResult(new SlackReply(StatusCodes.Status200OK, $"{{\"challenge\":{JsonText.Of(challenge)}}}")),
        var envelope => reception.TakeAsync(envelope),
    };

    private async Task AnswerAsync(HttpContext context, string type, bool mayBeSslCheck, Func<byte[], Task<SlackReply>> take)
    {
        var request = context.Request;
        if (await RequestBody.ReadAsync(request) is not { } body)
        {
            Refuse(context, StatusCodes.Status413PayloadTooLarge, "it is too long");
            return;
        }

        if (!SlackSignature.Verifies(settings.SigningSecret!, body, Single(request.Headers[SlackSignature.TimeHeader]), Single(request.Headers[SlackSignature.SignatureHeader]), clock.GetUtcNow()))
        {
            // Slack looks unsigned whether the address has a certificate; nothing else of such a request is read
            if (mayBeSslCheck && !request.Headers.ContainsKey(SlackSignature.SignatureHeader) && SlackRequest.IsSslCheck(body)) return;
            Refuse(context, StatusCodes.Status401Unauthorized, "its signature is not Slack's");
            return;
        }

        if (!string.Equals(request.ContentType?.Split(';')[0].Trim(), type, StringComparison.OrdinalIgnoreCase))
        {
            Refuse(context, StatusCodes.Status400BadRequest, "its content is of another kind");
            return;
        }

        try
        {
            await WriteAsync(context, await take(body));
        }
        catch (Exception cause) when (cause is JsonException or InvalidDataException)
        {
            Refuse(context, StatusCodes.Status400BadRequest, "it cannot be read");
        }
        catch (SlackException cause)
        {
            log.SlackRequestFailed(cause);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }

    private void Refuse(HttpContext context, int status, string why)
    {
        log.SlackRefused(why);
        context.Response.StatusCode = status;
    }

    private static async Task WriteAsync(HttpContext context, SlackReply reply)
    {
        context.Response.StatusCode = reply.Status;
        if (reply.Json is not { } json) return;
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(json, context.RequestAborted);
    }

    private static string? Single(StringValues values) => values.Count == 1 ? values[0] : null;
}

/// <summary>Reads what Slack sends.</summary>
internal static class SlackRequest
{
    private const int MostFields = 64;

    /// <summary>The fields of a form; one that stands there twice counts once, as it stood first.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static Func<string, string?> ReadForm(byte[] body)
    {
        using var reader = new FormReader(Encoding.UTF8.GetString(body)) { ValueCountLimit = MostFields, ValueLengthLimit = body.Length + 1 };
        var fields = reader.ReadForm();
        return name => fields.TryGetValue(name, out var values) ? values[0] : null;
    }

    /// <summary>Whether it is a form whose field <c>ssl_check</c> is 1.</summary>
    public static bool IsSslCheck(byte[] body)
    {
        try
        {
            return ReadForm(body)("ssl_check") == "1";
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>A slash command, from the fields of a form or of Socket Mode's JSON.</summary>
    /// <exception cref="InvalidDataException">Something is missing.</exception>
    public static SlackCommand ReadCommand(Func<string, string?> field)
    {
        string Must(string name) => field(name) is { Length: > 0 } value ? value : throw new InvalidDataException($"{name} is missing.");
        return new(NullIfEmpty(field("enterprise_id")), NullIfEmpty(field("team_id")), Must("channel_id"), field("channel_name") ?? "", Must("user_id"), field("user_name") ?? "",
            field("text") ?? "", Must("trigger_id"), Uri.TryCreate(field("response_url"), UriKind.Absolute, out var address) ? address : null);
    }

    /// <summary>What stands in a form's <c>payload</c>.</summary>
    /// <exception cref="InvalidDataException">It is missing.</exception>
    /// <exception cref="JsonException">It is no JSON of that kind.</exception>
    public static SlackInteraction ReadInteraction(Func<string, string?> field) =>
        JsonText.Read(Encoding.UTF8.GetBytes(field("payload") ?? throw new InvalidDataException("payload is missing.")), SlackJson.Default.SlackInteraction);

    /// <exception cref="JsonException">It is no JSON of that kind.</exception>
    public static SlackEnvelope ReadEnvelope(byte[] body) => JsonText.Read(body, SlackJson.Default.SlackEnvelope);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
