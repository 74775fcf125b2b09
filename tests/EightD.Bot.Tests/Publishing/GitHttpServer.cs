using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EightD.Bot.Tests.Publishing;

/// <summary>A real git server over HTTP on loopback: git's own <c>http-backend</c>, with basic authentication, and faults on demand.</summary>
internal sealed class GitHttpServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly string root;

    private GitHttpServer(WebApplication app, string root)
    {
        this.app = app;
        this.root = root;
    }

    /// <summary>What a caller must show; null: nothing.</summary>
    public (string User, string Token)? Wants { get; set; }

    /// <summary>What becomes of each call; null: what is asked.</summary>
    public Func<HttpContext, GitFault?> Meet { get; set; } = _ => null;

    /// <summary>The calls that came: method, path and query.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>The <c>Authorization</c> headers that came, one a call; empty where none.</summary>
    public ConcurrentQueue<string> Shown { get; } = new();

    /// <summary>What a repository on it needs.</summary>
    public static IReadOnlyList<(string Key, string Value)> Needed { get; } = [("http.receivepack", "true"), ("uploadpack.allowFilter", "true")];

    /// <summary>Where it listens, without a slash at the end.</summary>
    public string Address => app.Urls.Single();

    /// <summary>Starts it on a folder of bare repositories.</summary>
    public static async Task<GitHttpServer> StartAsync(string root)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var server = new GitHttpServer(builder.Build(), root);
        server.app.Run(server.AnswerAsync);
        await server.app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Calls.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
        Shown.Enqueue(context.Request.Headers.Authorization.ToString());
        var fault = Meet(context);
        if (fault?.Delay is { } delay) await Task.Delay(delay, context.RequestAborted);
        if (fault is { Location: { } elsewhere })
        {
            context.Response.Redirect(elsewhere + context.Request.Path + context.Request.QueryString, permanent: true);
            return;
        }

        if (fault?.Status is { } status)
        {
            context.Response.StatusCode = status;
            await context.Response.WriteAsync(fault.Words);
            return;
        }

        if (Wants is { } wanted && context.Request.Headers.Authorization != "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{wanted.User}:{wanted.Token}")))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"reports\"";
            return;
        }

        await RunAsync(context, fault?.CutAfter);
    }

    private async Task RunAsync(HttpContext context, int? cutAfter)
    {
        ProcessStartInfo start = new("git", ["http-backend"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in new (string, string?)[]
        {
            ("GIT_PROJECT_ROOT", root), ("GIT_HTTP_EXPORT_ALL", "1"), ("PATH_INFO", context.Request.Path), ("QUERY_STRING", context.Request.QueryString.Value?.TrimStart('?')),
            ("REQUEST_METHOD", context.Request.Method), ("CONTENT_TYPE", context.Request.ContentType), ("CONTENT_LENGTH", context.Request.ContentLength?.ToString(CultureInfo.InvariantCulture)),
            ("HTTP_CONTENT_ENCODING", context.Request.Headers.ContentEncoding), ("GIT_PROTOCOL", context.Request.Headers["Git-Protocol"]), ("REMOTE_USER", Wants?.User ?? "anybody"), ("REMOTE_ADDR", "127.0.0.1"),
        })
        {
            start.Environment[name] = value ?? "";
        }

        using var process = Process.Start(start)!;
        var complaints = process.StandardError.ReadToEndAsync();
        var sending = SendAsync(context, process);
        var output = process.StandardOutput.BaseStream;
        while (await LineAsync(output) is { Length: > 0 } header)
        {
            var (name, value) = (header[..header.IndexOf(':', StringComparison.Ordinal)], header[(header.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
            if (name == "Status") context.Response.StatusCode = int.Parse(value[..3], CultureInfo.InvariantCulture);
            else context.Response.Headers[name] = value;
        }

        if (cutAfter is { } bytes)
        {
            var part = new byte[bytes];
            var read = await output.ReadAtLeastAsync(part, bytes, throwOnEndOfStream: false);
            await context.Response.Body.WriteAsync(part.AsMemory(0, read));
            await context.Response.Body.FlushAsync();
            await output.CopyToAsync(Stream.Null); // what it does is done all the same
            context.Abort();
        }
        else
        {
            await output.CopyToAsync(context.Response.Body, context.RequestAborted);
        }

        await sending;
        await process.WaitForExitAsync();
        await complaints;
    }

    private static async Task SendAsync(HttpContext context, Process process)
    {
        try
        {
            await context.Request.Body.CopyToAsync(process.StandardInput.BaseStream);
        }
        catch (IOException)
        {
            // it wants no more
        }

        process.StandardInput.Close();
    }

    private static async Task<string?> LineAsync(Stream stream)
    {
        List<byte> line = [];
        var one = new byte[1];
        while (await stream.ReadAsync(one) == 1 && one[0] != '\n') line.Add(one[0]);
        return Encoding.ASCII.GetString([.. line]).TrimEnd('\r');
    }
}

/// <summary>What becomes of a call instead.</summary>
/// <param name="Status">It is answered with this.</param>
/// <param name="Words">And these words.</param>
/// <param name="Delay">It waits so long first.</param>
/// <param name="CutAfter">The connection breaks off after so many bytes of the answer, and what was asked is done.</param>
/// <param name="Location">It is sent elsewhere.</param>
internal sealed record GitFault(int? Status = null, string Words = "", TimeSpan? Delay = null, int? CutAfter = null, string? Location = null);
