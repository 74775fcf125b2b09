using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EightD.Bot.Tests.Slack;

/// <summary>Socket Mode: addresses that are good for one connection, envelopes that go to one of them at random, and their acks.</summary>
internal sealed class SlackSocket(SlackStandIn slack)
{
    /// <summary>How many connections Slack allows.</summary>
    public const int Allowed = 10;

    private readonly Lock gate = new();
    private readonly HashSet<string> tickets = new(StringComparer.Ordinal);
    private readonly List<SlackConnection> open = [];
    private readonly Dictionary<string, SlackEnvelope> envelopes = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<SlackAck> acks = new();

    /// <summary>The connections that are open now, in the order of their opening.</summary>
    public IReadOnlyList<SlackConnection> Open
    {
        get
        {
            lock (gate) return [.. open];
        }
    }

    /// <summary>The most that were open at once.</summary>
    public int Most { get; private set; }

    /// <summary>How many were opened in all.</summary>
    public int Opened { get; private set; }

    /// <summary>What was acked, in order.</summary>
    public IReadOnlyList<SlackAck> Acks => [.. acks];

    /// <summary>An address for one connection.</summary>
    public Uri NewAddress()
    {
        var ticket = Guid.NewGuid().ToString("N");
        lock (gate) tickets.Add(ticket);
        return new UriBuilder(slack.Address) { Scheme = "ws", Path = "/link/", Query = $"ticket={ticket}&app_id={SlackStandIn.AppId}" }.Uri;
    }

    /// <summary>Sends a payload of <c>events_api</c>, <c>slash_commands</c> or <c>interactive</c> over one of the open connections; null where none is.</summary>
    public async Task<SlackEnvelope?> SendAsync(string type, JsonObject payload, bool acceptsResponse, (int Attempt, string Reason)? retry = null)
    {
        var id = Guid.NewGuid().ToString();
        var json = SlackJson.Of(new { type, envelope_id = id, accepts_response_payload = acceptsResponse, payload, retry_attempt = retry?.Attempt, retry_reason = retry?.Reason });
        SlackEnvelope envelope = new(id, json.ToJsonString(), acceptsResponse);
        lock (gate) envelopes[id] = envelope;
        return await RedeliverAsync(envelope) ? envelope : null;
    }

    /// <summary>Sends an envelope once more, as it was; false where no connection is open.</summary>
    public async Task<bool> RedeliverAsync(SlackEnvelope envelope)
    {
        SlackConnection[] now = [.. Open.Where(each => !each.IsSilent)];
        if (now.Length == 0) now = [.. Open];
        if (now.Length == 0) return false;
        await now[Random.Shared.Next(now.Length)].SendAsync(envelope.Json);
        return true;
    }

    /// <summary>Says over every connection that it is to go: <c>warning</c>, <c>refresh_requested</c>, <c>link_disabled</c>, <c>too_many_websockets</c>.</summary>
    public Task DisconnectAsync(string reason) => Task.WhenAll(Open.Select(connection => connection.DisconnectAsync(reason)));

    public void Map(WebApplication app)
    {
        app.Use(SilenceableAsync);
        app.UseWebSockets(new() { KeepAliveInterval = TimeSpan.FromSeconds(5), KeepAliveTimeout = TimeSpan.FromSeconds(30) });
        app.Map("/link/", AcceptAsync);
    }

    /// <summary>Puts a stream below the socket that can fall silent, as a connection does whose other end is gone.</summary>
    private static Task SilenceableAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade)
        {
            var silenceable = new SilenceableUpgrade(upgrade);
            context.Features.Set<IHttpUpgradeFeature>(silenceable);
            context.Features.Set(silenceable);
        }

        return next(context);
    }

    private async Task AcceptAsync(HttpContext context)
    {
        bool isGood;
        lock (gate) isGood = tickets.Remove(context.Request.Query["ticket"].ToString());
        if (!isGood || !context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = 403;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using SlackConnection connection = new(socket, context, context.Features.GetRequiredFeature<SilenceableUpgrade>());
        try
        {
            var number = Add(connection);
            await connection.SendAsync(SlackJson.Of(new
            {
                type = "hello",
                num_connections = number,
                debug_info = new { host = "applink-stand-in", build_number = 1, approximate_connection_time = 18060 },
                connection_info = new { app_id = SlackStandIn.AppId },
            }).ToJsonString());
            if (number > Allowed) await connection.DisconnectAsync("too_many_websockets");
            await ListenAsync(connection);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or IOException)
        {
            context.Abort();
        }
        finally
        {
            lock (gate) open.Remove(connection);
        }
    }

    private int Add(SlackConnection connection)
    {
        lock (gate)
        {
            open.Add(connection);
            Opened++;
            Most = Math.Max(Most, open.Count);
            return open.Count;
        }
    }

    private async Task ListenAsync(SlackConnection connection)
    {
        var buffer = new byte[256 * 1024];
        var length = 0;
        while (true)
        {
            var got = await connection.Socket.ReceiveAsync(buffer.AsMemory(length), slack.Stopping);
            if (got.MessageType == WebSocketMessageType.Close)
            {
                await connection.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, slack.Stopping);
                return;
            }

            length += got.Count;
            if (!got.EndOfMessage) continue;
            Acked(connection, Encoding.UTF8.GetString(buffer, 0, length));
            length = 0;
        }
    }

    private void Acked(SlackConnection connection, string text)
    {
        JsonElement json;
        try
        {
            json = SlackJson.Parse(text);
        }
        catch (JsonException)
        {
            slack.Complain($"socket: got no JSON: {text}");
            return;
        }

        SlackEnvelope? envelope;
        lock (gate) envelope = envelopes.GetValueOrDefault(SlackJson.String(json, "envelope_id") ?? "");
        if (envelope is null)
        {
            slack.Complain($"socket: got no ack of an envelope: {text}");
            return;
        }

        JsonElement? payload = json.TryGetProperty("payload", out var given) && given.ValueKind != JsonValueKind.Null ? given : null;
        if (payload is { ValueKind: JsonValueKind.Object } full && full.EnumerateObject().Any() && !envelope.AcceptsResponse) slack.Complain("socket: an ack has a payload where none is accepted");
        SlackAck ack = new(envelope.Id, payload, connection.Id, slack.World.Clock.GetUtcNow());
        acks.Enqueue(ack);
        envelope.Acked.TrySetResult(ack);
    }
}

/// <summary>A payload on its way over a socket.</summary>
internal sealed record SlackEnvelope(string Id, string Json, bool AcceptsResponse)
{
    /// <summary>Is there once it was acked.</summary>
    public TaskCompletionSource<SlackAck> Acked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>That an envelope came, and what it is answered with.</summary>
internal sealed record SlackAck(string Envelope, JsonElement? Payload, Guid Connection, DateTimeOffset At);

/// <summary>A connection of the bot.</summary>
internal sealed class SlackConnection(WebSocket socket, HttpContext context, SilenceableUpgrade below) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);

    public Guid Id { get; } = Guid.NewGuid();

    public WebSocket Socket => socket;

    public bool IsSilent => below.IsSilent;

    /// <summary>From now on nothing comes from it, no pong either, and nothing that is sent arrives.</summary>
    public void GoSilent() => below.GoSilent();

    /// <summary>Ends without a word.</summary>
    public void Drop() => context.Abort();

    /// <summary>Sends a frame of text as it is, JSON or not.</summary>
    public async Task SendAsync(string text)
    {
        await turn.WaitAsync();
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    public Task DisconnectAsync(string reason) => SendAsync(SlackJson.Of(new { type = "disconnect", reason, debug_info = new { host = "applink-stand-in" } }).ToJsonString());

    /// <summary>Closes as the protocol has it.</summary>
    public Task CloseAsync() => socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
}

/// <summary>An upgrade whose stream can fall silent.</summary>
internal sealed class SilenceableUpgrade(IHttpUpgradeFeature upgrade) : IHttpUpgradeFeature
{
    private volatile bool isSilent;

    public bool IsSilent => isSilent;

    public bool IsUpgradableRequest => upgrade.IsUpgradableRequest;

    public void GoSilent() => isSilent = true;

    public async Task<Stream> UpgradeAsync() => new Silenceable(await upgrade.UpgradeAsync(), this);

    private sealed class Silenceable(Stream inner, SilenceableUpgrade owner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            if (read > 0 && owner.IsSilent) await Task.Delay(Timeout.Infinite, cancellationToken);
            return read;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            owner.IsSilent ? ValueTask.CompletedTask : inner.WriteAsync(buffer, cancellationToken);

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override Task FlushAsync(CancellationToken cancellationToken) => owner.IsSilent ? Task.CompletedTask : inner.FlushAsync(cancellationToken);

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
