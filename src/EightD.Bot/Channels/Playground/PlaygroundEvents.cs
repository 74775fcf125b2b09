using System.Text.Json;
using System.Threading.Channels;
using EightD.Bot.Storage;
using EightD.Reports.Rendering;

namespace EightD.Bot.Channels.Playground;

/// <summary>Server-sent events: <c>message</c> for each that is added, <c>update</c> for each that is changed, as far as a person sees them.</summary>
internal sealed class PlaygroundEvents(Talks talks, IHostApplicationLifetime lifetime)
{
    private const int MostWaiting = 2000;
    private const int BeatsToHeartbeat = 15;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <summary>Whether the page asks, which shows HTML.</summary>
    public static bool WantsHtml(HttpRequest request) => request.Query["html"] == "true";

    /// <summary>A message as the API gives it.</summary>
    public static ShownMessage Shown(TalkMessage message, bool withHtml) => new(
        message.Id, message.Thread, message.From, message.To, message.Text,
        message.Card is { } card
            ? new(card.Title, card.Fields, card.Body, card.Buttons, withHtml && card.Body is { } body ? ReportHtml.RenderMessage(body) : null)
            : null,
        message.Edited, message.At, withHtml && message.Card is null ? ReportHtml.RenderMessage(message.Text) : null, message.Conversation);

    /// <summary>Sends until whoever listens goes, or the bot stops. One who reads too slowly is cut off, comes again and asks for all.</summary>
    public async Task SendAsync(HttpContext context, Conversation conversation, string user)
    {
        var withHtml = WantsHtml(context.Request);
        var waiting = Channel.CreateBounded<(TalkMessage Message, bool IsUpdate)>(MostWaiting);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var talk = talks.Of(conversation);
        talk.Listen(Hear);
        try
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-store";
            await context.Response.WriteAsync(": here\n\n", ended.Token);
            await context.Response.Body.FlushAsync(ended.Token);
            await PumpAsync(context.Response, talk, waiting.Reader, withHtml, ended.Token);
        }
        catch (StoreUnavailableException)
        {
            // whoever listens comes again, and asks for all
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // gone
        }
        finally
        {
            talk.Ignore(Hear);
        }

        void Hear(TalkMessage? message, bool isUpdate)
        {
            if (message is null || (message.IsSeenBy(user) && !waiting.Writer.TryWrite((message, isUpdate)))) waiting.Writer.TryComplete();
        }
    }

    private static async Task PumpAsync(HttpResponse response, Talk talk, ChannelReader<(TalkMessage Message, bool IsUpdate)> waiting, bool withHtml, CancellationToken cancel)
    {
        while (true)
        {
            var more = waiting.WaitToReadAsync(cancel).AsTask();
            for (var beats = 1; await Task.WhenAny(more, Task.Delay(Beat, cancel)) != more; beats++)
            {
                await talk.LookAsync(cancel);
                if (beats % BeatsToHeartbeat != 0) continue;
                await response.WriteAsync(": still here\n\n", cancel);
                await response.Body.FlushAsync(cancel);
            }

            if (!await more) return;
            while (waiting.TryRead(out var heard))
            {
                var json = JsonSerializer.Serialize(Shown(heard.Message, withHtml), PlaygroundJson.Default.ShownMessage);
                await response.WriteAsync($"event: {(heard.IsUpdate ? "update" : "message")}\ndata: {json}\n\n", cancel);
            }

            await response.Body.FlushAsync(cancel);
        }
    }
}
