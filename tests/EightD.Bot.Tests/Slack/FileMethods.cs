using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace EightD.Bot.Tests.Slack;

/// <summary>Uploads in three steps, and where people's files are fetched.</summary>
internal sealed class FileMethods(SlackStandIn slack)
{
    public IEnumerable<KeyValuePair<string, SlackMethod>> All =>
    [
        new("files.getUploadURLExternal", new(GetUploadUrl, "files:write") { IsFormOnly = true }),
        new("files.completeUploadExternal", new(Complete, "files:write")),
    ];

    /// <summary>Takes the bytes of an upload.</summary>
    public async Task<Func<Task>> TakeAsync(HttpContext context, string id)
    {
        using MemoryStream body = new();
        if (context.Request.HasFormContentType)
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            if (form.Files.Count > 0) await form.Files[0].CopyToAsync(body, context.RequestAborted);
        }
        else
        {
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        }

        slack.Record("upload", SlackJson.Kept(SlackJson.Of(new { file_id = id, length = body.Length })), token: null);
        lock (slack.World.Gate)
        {
            if (!slack.World.Uploads.TryGetValue(id, out var upload) || upload.IsComplete) return Say(context, 404, "upload_not_found");
            if (upload.Length != body.Length)
            {
                slack.Complain($"upload: {body.Length} bytes of {upload.Name}, {upload.Length} were announced");
                return Say(context, 400, "length_mismatch");
            }

            slack.World.Uploads[id] = upload with { Bytes = [.. body.ToArray()] };
        }

        return Say(context, 200, $"OK - {body.Length}");
    }

    /// <summary>Gives a file's bytes to a bearer of a bot's token.</summary>
    public Task<Func<Task>> GiveAsync(HttpContext context, string id)
    {
        var token = context.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        slack.Record("download", SlackJson.Kept(SlackJson.Of(new { file_id = id })), token);
        var file = slack.World.FileOf(id);
        if (slack.World.Token(token) is not { DeadBecause: null } || file is null) return Task.FromResult(Say(context, 403, ""));
        return Task.FromResult(async () =>
        {
            context.Response.ContentType = file.MimeType;
            await context.Response.BodyWriter.WriteAsync(file.Bytes.ToArray());
        });
    }

    private static Func<Task> Say(HttpContext context, int status, string text) => () =>
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(text);
    };

    private JsonObject GetUploadUrl(SlackRequest request)
    {
        var name = request.Arguments.Needed("filename");
        var length = request.Arguments.Number("length", 0);
        if (length < 1) throw new SlackRefusalException("invalid_arguments") { Messages = ["[ERROR] must be greater than 0 [json-pointer:/length]"] };
        SlackUpload upload = new(slack.World.NewId("F"), name, length);
        slack.World.Uploads[upload.Id] = upload;
        return SlackJson.Of(new { upload_url = new Uri(slack.Address, $"/upload/{upload.Id}").AbsoluteUri, file_id = upload.Id });
    }

    private JsonObject Complete(SlackRequest request)
    {
        var files = request.Arguments.Nest("files") ?? throw new SlackRefusalException("invalid_arguments") { Messages = ["[ERROR] missing required field: files"] };
        List<SlackFile> uploaded = [.. files.EnumerateArray().Select(file => Uploaded(SlackJson.String(file, "id") ?? "", SlackJson.String(file, "title")))];
        if (request.Arguments["channel_id"] is { } id)
        {
            var channel = new ConversationMethods(slack).Writable(request, id);
            if (request.Arguments["thread_ts"] is { } thread && slack.World.Message(channel.Id, thread) is null) throw new SlackRefusalException("thread_not_found");
            request.Context.Response.OnCompleted(() => ShowAsync(request, channel, [.. uploaded]));
        }

        foreach (var file in uploaded) slack.World.Uploads[file.Id] = slack.World.Uploads[file.Id] with { IsComplete = true };
        return SlackJson.Of(new { files = uploaded.Select(file => new { id = file.Id, title = file.Title }) });
    }

    private SlackFile Uploaded(string id, string? title) =>
        slack.World.Uploads.TryGetValue(id, out var upload) && upload is { IsComplete: false, Bytes: { } bytes }
            ? new(id, upload.Name) { Title = title ?? upload.Name, Bytes = bytes, Private = new(slack.Address, $"/private/{id}") }
            : throw new SlackRefusalException("file_not_found");

    /// <summary>The message of an upload comes after the answer, which does not name it.</summary>
    private async Task ShowAsync(SlackRequest request, SlackChannel channel, ImmutableList<SlackFile> files)
    {
        await Task.Delay(slack.FileDelay, CancellationToken.None);
        slack.World.Say(new(channel.Id, slack.World.NewTs())
        {
            User = request.Team.BotUser,
            Team = request.Team.Id,
            BotId = request.Team.BotId,
            Text = request.Arguments["initial_comment"] ?? "",
            ThreadTs = request.Arguments["thread_ts"],
            Subtype = "file_share",
            Files = files,
        });
    }
}
