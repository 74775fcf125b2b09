using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EightD.Bot.Channels.Slack;

/// <summary>One connection of Socket Mode: takes what it brings, and acknowledges what is safe.</summary>
internal sealed class SlackConnection : IDisposable
{
    private const int MostBytes = 1024 * 1024;

    /// <summary>How often Slack is asked whether it is there, and how long it may take to say so.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    /// <summary>How long Slack has to close its side.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly ClientWebSocket socket;
    private readonly SlackReception reception;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly SemaphoreSlim sending = new(1);
    private readonly ConcurrentDictionary<Task, byte> working = new();
    private readonly TaskCompletionSource greeted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<SlackLeaving> leaving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource closing = new();
    private Task ended = Task.CompletedTask;

    private SlackConnection(ClientWebSocket socket, SlackReception reception, TimeProvider clock, ILogger log) =>
        (this.socket, this.reception, this.clock, this.log) = (socket, reception, clock, log);

    /// <summary>Opens a connection; done when Slack has said hello.</summary>
    /// <param name="address">With a ticket, for one use: a secret.</param>
    /// <param name="reception">Takes what it brings.</param>
    /// <param name="clock">Measures how long it stays.</param>
    /// <param name="log">Where it is said what became of it.</param>
    /// <param name="cancel">Ends the attempt.</param>
    public static async Task<SlackConnection> OpenAsync(Uri address, SlackReception reception, TimeProvider clock, ILogger log, CancellationToken cancel)
    {
        var connection = new SlackConnection(new ClientWebSocket(), reception, clock, log);
        connection.socket.Options.KeepAliveInterval = Heartbeat;
        connection.socket.Options.KeepAliveTimeout = Heartbeat;
        try
        {
            await connection.socket.ConnectAsync(address, cancel);
            connection.ended = connection.RunAsync();
            await Task.WhenAny(connection.greeted.Task, connection.ended, Task.Delay(Heartbeat * 2, clock, cancel));
            return connection.greeted.Task.IsCompleted ? connection : throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
        }
        catch
        {
            await connection.CloseAsync(TimeSpan.Zero);
            throw;
        }
    }

    /// <summary>Why another connection is wanted.</summary>
    public Task<SlackLeaving> LeavesAsync() => leaving.Task;

    /// <summary>Closes it after a while, when what it brought until then is answered. It is gone then.</summary>
    public async Task CloseAsync(TimeSpan pause)
    {
        await Task.Delay(pause, clock);
        await Task.WhenAll(working.Keys);
        using var patience = new CancellationTokenSource(Heartbeat, clock);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived) await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, patience.Token);
        }
        catch (Exception cause) when (cause is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            log.SocketLost(cause);
        }

        closing.CancelAfter(Farewell); // Slack may not close its side
        await ended;
        Dispose();
    }

    public void Dispose()
    {
        socket.Dispose();
        sending.Dispose();
        closing.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            var buffer = new byte[16 * 1024];
            while (await ReceiveAsync(buffer) is { } frame) Take(frame);
        }
        catch (Exception cause) when (cause is WebSocketException or IOException or OperationCanceledException) // the last one also where Slack gives no sign of life
        {
            if (!closing.IsCancellationRequested) log.SocketLost(cause);
        }

        leaving.TrySetResult(closing.IsCancellationRequested ? SlackLeaving.Refresh : SlackLeaving.Died);
        await Task.WhenAll(working.Keys);
    }

    /// <summary>The next message; null where Slack closed.</summary>
    private async Task<byte[]?> ReceiveAsync(byte[] buffer)
    {
        using var message = new MemoryStream();
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), closing.Token);
            if (received.MessageType == WebSocketMessageType.Close) return null;
            if (message.Length + received.Count <= MostBytes) message.Write(buffer, 0, received.Count);
            if (received.EndOfMessage) return message.ToArray();
        }
    }

    private void Take(byte[] frame)
    {
        try
        {
            var envelope = JsonText.Read(frame, SlackJson.Default.JsonElement);
            switch (envelope.Text("type"))
            {
                case "hello":
                    greeted.TrySetResult();
                    break;
                case "disconnect":
                    leaving.TrySetResult(envelope.Text("reason") switch
                    {
                        "link_disabled" => SlackLeaving.Disabled,
                        "too_many_websockets" => SlackLeaving.TooMany,
                        _ => SlackLeaving.Refresh,
                    });
                    break;
                case "slash_commands" or "interactive" or "events_api":
                    Work(AnswerAsync(envelope));
                    break;
            }
        }
        catch (JsonException)
        {
            // a frame that is none of Slack's own
        }
    }

    private void Work(Task task)
    {
        working.TryAdd(task, 0);
        _ = task.ContinueWith(done => working.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task AnswerAsync(JsonElement envelope)
    {
        await Task.Yield();
        try
        {
            if (envelope.Text("envelope_id") is not { } id || !envelope.TryGetProperty("payload", out var payload)) return;
            var reply = await ReplyAsync(envelope.Text("type")!, payload);
            if (reply.Status != StatusCodes.Status200OK) return; // Slack brings it again
            var answer = new JsonObject { ["envelope_id"] = id };
            if (reply.Json is { } json && envelope.TryGetProperty("accepts_response_payload", out var accepts) && accepts.ValueKind == JsonValueKind.True) answer["payload"] = JsonNode.Parse(json);
            await SendAsync(answer.ToJsonString(JsonText.AsItIs));
        }
        catch (Exception cause) when (cause is JsonException or InvalidDataException or SlackException or WebSocketException or IOException or ObjectDisposedException)
        {
            log.SlackRequestFailed(cause);
        }
    }

    private Task<SlackReply> ReplyAsync(string type, JsonElement payload) => type switch
    {
        "slash_commands" => reception.TakeAsync(SlackRequest.ReadCommand(name => payload.Text(name))),
        "interactive" => reception.TakeAsync(payload.Deserialize(SlackJson.Default.SlackInteraction) ?? throw new JsonException("It is null.")),
        _ => reception.TakeAsync(payload.Deserialize(SlackJson.Default.SlackEnvelope) ?? throw new JsonException("It is null.")),
    };

    private async Task SendAsync(string json)
    {
        await sending.WaitAsync();
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            sending.Release();
        }
    }
}

/// <summary>Why another connection is wanted.</summary>
internal enum SlackLeaving
{
    /// <summary>Slack wants a new one in its place.</summary>
    Refresh,

    /// <summary>It broke, or said nothing any more.</summary>
    Died,

    /// <summary>There are as many as Slack allows.</summary>
    TooMany,

    /// <summary>Socket Mode was switched off.</summary>
    Disabled,
}
