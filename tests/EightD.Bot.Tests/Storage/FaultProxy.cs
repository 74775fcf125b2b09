using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace EightD.Bot.Tests.Storage;

/// <summary>
/// A network between a bot and its storage that fails as a test tells it to, and counts. What it lets through arrives as it was sent, so that the
/// signature over it holds.
/// </summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private static readonly HashSet<string> Hops = new(["Connection", "Keep-Alive", "Transfer-Encoding", "Expect"], StringComparer.OrdinalIgnoreCase);

    private readonly Uri behind;
    private readonly WebApplication app;
    private readonly HttpClient client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None }) { Timeout = TimeSpan.FromSeconds(30) };
    private readonly ConcurrentDictionary<(string Method, int Status), int> answers = new();
    private volatile Func<StorageCall, Fault> faults = NoFault;
    private volatile TaskCompletionSource light = Lit();

    private FaultProxy(Uri behind, WebApplication app) => (this.behind, this.app) = (behind, app);

    /// <summary>Where the bot finds it.</summary>
    public int Port => new Uri(app.Urls.First()).Port;

    /// <summary>Answers that the bot got since the start, by method and status; 0 where it got none.</summary>
    public IReadOnlyDictionary<(string Method, int Status), int> Answers => answers;

    /// <summary>Conditional writes that came too late.</summary>
    public int Conflicts => answers.Where(answer => answer.Key is { Method: "PUT", Status: 409 or 412 }).Sum(answer => answer.Value);

    /// <summary>Writes that were made.</summary>
    public int Writes => answers.GetValueOrDefault(("PUT", 201));

    /// <summary>Starts one before Azurite.</summary>
    public static async Task<FaultProxy> StartAsync(AzuriteServer azurite)
    {
        var storage = new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", await azurite.PortAsync()).Uri;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var proxy = new FaultProxy(storage, builder.Build());
        proxy.app.Run(proxy.AnswerAsync);
        await proxy.app.StartAsync(TestContext.Current.CancellationToken);
        return proxy;
    }

    /// <summary>From now on a call meets what this gives for it.</summary>
    public void Meet(Func<StorageCall, Fault> given) => faults = given;

    /// <summary>From now on all goes through, also what waits in the dark.</summary>
    public void Mend()
    {
        faults = NoFault;
        light.TrySetResult();
    }

    /// <summary>From now on nothing is answered, and no connection refused: as behind a firewall.</summary>
    public void GoDark()
    {
        light = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Meet(static _ => Fault.Dark);
    }

    public async ValueTask DisposeAsync()
    {
        Mend();
        using var noPatience = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(noPatience.Token);
        await app.DisposeAsync();
        client.Dispose();
    }

    private static Fault NoFault(StorageCall call) => Fault.None;

    private static TaskCompletionSource Lit()
    {
        TaskCompletionSource lit = new();
        lit.SetResult();
        return lit;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        using MemoryStream body = new();
        try
        {
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            var fault = faults(new(context.Request.Method, Uri.UnescapeDataString(target), body.GetBuffer().AsMemory(0, (int)body.Length)));
            if (fault.IsDark)
            {
                await light.Task.WaitAsync(context.RequestAborted); // nobody there heard it
                context.Abort();
                return;
            }

            if (fault.Delay > TimeSpan.Zero) await Task.Delay(fault.Delay, context.RequestAborted);
            using var answer = fault.Reaches ? await ForwardAsync(context.Request, target, body) : null;
            await GiveAsync(context, fault, answer);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or HttpRequestException or BadHttpRequestException)
        {
            Count(context, 0);
            context.Abort();
        }
    }

    private async Task GiveAsync(HttpContext context, Fault fault, HttpResponseMessage? answer)
    {
        if (fault.IsCut)
        {
            Count(context, 0);
            context.Abort();
            return;
        }

        if (fault.Status is { } status)
        {
            Count(context, status);
            context.Response.StatusCode = status;
            context.Response.Headers["x-ms-error-code"] = status switch { 412 => "ConditionNotMet", 503 => "ServerBusy", _ => "InternalError" };
            return;
        }

        Count(context, (int)answer!.StatusCode);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => !Hops.Contains(header.Key))) context.Response.Headers[name] = values.ToArray();
        if (!HttpMethods.IsHead(context.Request.Method)) await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    /// <summary>Sends it on, whatever the sender does meanwhile: what is on its way arrives.</summary>
    private async Task<HttpResponseMessage> ForwardAsync(HttpRequest request, string target, MemoryStream body)
    {
        var address = new Uri($"{behind.GetLeftPart(UriPartial.Authority)}{target}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var message = new HttpRequestMessage(new(request.Method), address);
        if (body.Length > 0 || HttpMethods.IsPut(request.Method)) message.Content = new ByteArrayContent(body.GetBuffer(), 0, (int)body.Length);
        foreach (var (name, values) in request.Headers.Where(header => !Hops.Contains(header.Key)))
        {
            if (!message.Headers.TryAddWithoutValidation(name, values.ToArray())) message.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
        }

        return await client.SendAsync(message, CancellationToken.None);
    }

    private void Count(HttpContext context, int status) => answers.AddOrUpdate((context.Request.Method, status), 1, static (_, count) => count + 1);
}

/// <summary>A call of the storage as it passes.</summary>
/// <param name="Method">Of HTTP.</param>
/// <param name="Target">Account, container, key and query, decoded.</param>
/// <param name="Body">What it sends.</param>
internal readonly record struct StorageCall(string Method, string Target, ReadOnlyMemory<byte> Body)
{
    /// <summary>Whether it writes an 8D.</summary>
    public bool WritesIncident => Puts("incident");

    /// <summary>Whether it writes an 8D that is closed.</summary>
    public bool WritesClosed => WritesIncident && Body.Span.IndexOf("**Status:** Completed"u8) >= 0;

    /// <summary>Whether it writes a blob whose key begins with this word.</summary>
    public bool Puts(string kind) => Method == "PUT" && Target.Contains($"/{kind}/", StringComparison.Ordinal);
}

/// <summary>What a call meets on its way.</summary>
internal sealed record Fault
{
    /// <summary>Whether the storage does what it is asked.</summary>
    public bool Reaches { get; init; } = true;

    /// <summary>Whether the connection is cut in the place of an answer.</summary>
    public bool IsCut { get; init; }

    /// <summary>Whether nothing happens at all until there is light again.</summary>
    public bool IsDark { get; init; }

    /// <summary>The status that is answered; null: the storage's own.</summary>
    public int? Status { get; init; }

    /// <summary>How long it takes.</summary>
    public TimeSpan Delay { get; init; }

    public static Fault None { get; } = new();

    /// <summary>The connection is cut before anything is done.</summary>
    public static Fault Cut { get; } = new() { Reaches = false, IsCut = true };

    /// <summary>It is done, and the connection cut before that is said.</summary>
    public static Fault AnswerLost { get; } = new() { IsCut = true };

    public static Fault Dark { get; } = new() { Reaches = false, IsDark = true };

    /// <summary>It is refused and not done.</summary>
    public static Fault Refused(int status) => new() { Reaches = false, Status = status };

    /// <summary>It is done, and said to have failed.</summary>
    public static Fault SaidToFail(int status) => new() { Status = status };

    public static Fault Slow(TimeSpan delay) => new() { Delay = delay };
}
