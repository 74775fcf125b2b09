using System.Text.Json;

namespace EightD.Bot.Channels.Teams;

/// <summary>The address that Teams posts to. A request's token is checked before anything of it is read, and what is refused is refused without a detail.</summary>
internal sealed class TeamsEndpoints(TeamsTokens tokens, TeamsReception reception, TeamsReports reports, ILogger<TeamsEndpoints> log)
{
    /// <summary>Where Teams posts to.</summary>
    public const string Messages = "/api/messages";

    /// <summary>Where a report's link leads; what it is of follows.</summary>
    public const string Report = "/teams/report/";

    public void Map(WebApplication app)
    {
        app.MapPost(Messages, AnswerAsync);
        app.MapGet(Report + "{of}", (string of, CancellationToken cancel) => reports.ReadAsync(of, cancel));
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization;
        if (header.Count > 1 || await tokens.ReadAsync(header) is not { } caller)
        {
            Refuse(context, StatusCodes.Status401Unauthorized, "its token is not Teams'");
            return;
        }

        if (!context.Request.HasJsonContentType())
        {
            Refuse(context, StatusCodes.Status400BadRequest, "its content is of another kind");
            return;
        }

        if (await RequestBody.ReadAsync(context.Request) is not { } body)
        {
            Refuse(context, StatusCodes.Status413PayloadTooLarge, "it is too long");
            return;
        }

        if (Read(body) is not { Type.Length: > 0 } activity)
        {
            Refuse(context, StatusCodes.Status400BadRequest, "it cannot be read");
            return;
        }

        if (!tokens.Allows(caller, activity))
        {
            Refuse(context, StatusCodes.Status401Unauthorized, "its token is for another activity, or its tenant is not answered");
            return;
        }

        var reply = await reception.TakeAsync(activity);
        context.Response.StatusCode = reply.Status;
        if (reply.Json is not { } json) return;
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(json, context.RequestAborted);
    }

    private static TeamsActivity? Read(byte[] body)
    {
        try
        {
            return JsonText.Read(body, TeamsJson.Default.TeamsActivity);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Refuse(HttpContext context, int status, string why)
    {
        log.TeamsRefused(why);
        context.Response.StatusCode = status;
    }
}
