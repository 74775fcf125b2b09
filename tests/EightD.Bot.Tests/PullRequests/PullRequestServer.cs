using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using EightD.Bot.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EightD.Bot.Tests.PullRequests;

/// <summary>
/// A stand-in for a host's API of pull requests, on loopback, by the hosts' own references: GitHub REST 2022-11-28 "Pulls", GitLab REST v4 "Merge requests",
/// Azure DevOps REST 7.1 "Pull Requests", Gitea API v1 "repoListPullRequests" and "repoCreatePullRequest". It keeps what is opened, and answers as each of them does.
/// </summary>
internal sealed class PullRequestServer : IAsyncDisposable
{
    private const string Secret = "t0ken-of-the-host";

    private readonly WebApplication app;
    private readonly GitHost host;
    private readonly Lock gate = new();
    private readonly List<OpenedPull> pulls = [];

    private PullRequestServer(WebApplication app, GitHost host) => (this.app, this.host) = (app, host);

    /// <summary>The token that it takes.</summary>
    public static string Token => Secret;

    /// <summary>The calls that came: method, path and query.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>What it answers instead: a status, and words in a <c>message</c>; null: as asked.</summary>
    public (int Status, string Words)? Meets { get; set; }

    /// <summary>All that were opened.</summary>
    public IReadOnlyList<OpenedPull> Pulls
    {
        get
        {
            lock (gate) return [.. pulls];
        }
    }

    /// <summary>The address for <c>Git:HostApi</c>.</summary>
    public string Api => $"{app.Urls.Single()}{Below}/";

    /// <summary>The repository's path on this host.</summary>
    public static string PathOf(GitHost host) => host == GitHost.AzureDevOps ? "acme/shop/_git/reports" : "acme/reports.git";

    private string Below => host switch
    {
        GitHost.GitHub => "/api/v3",
        GitHost.GitLab => "/api/v4",
        GitHost.Gitea => "/api/v1",
        _ => "/acme/shop",
    };

    private string Resource => host switch
    {
        GitHost.GitLab => $"{Below}/projects/acme%2Freports/merge_requests",
        GitHost.AzureDevOps => $"{Below}/_apis/git/repositories/reports/pullrequests",
        _ => $"{Below}/repos/acme/reports/pulls",
    };

    public static async Task<PullRequestServer> StartAsync(GitHost host)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new PullRequestServer(builder.Build(), host);
        server.app.Run(server.AnswerAsync);
        await server.app.StartAsync();
        return server;
    }

    /// <summary>Somebody closes or merges one on the host's page, or opens one.</summary>
    public void End(string branch)
    {
        lock (gate) pulls.RemoveAll(pull => pull.Branch == branch);
    }

    /// <summary>Somebody opens one on the host's page.</summary>
    public void Open(string branch, string target = "main", bool isFork = false)
    {
        lock (gate) pulls.Add(new(pulls.Count + 1, branch, target, "By hand", "", isFork));
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        var path = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
        Calls.Enqueue($"{request.Method} {path}");
        if (Meets is { } meets)
        {
            context.Response.StatusCode = meets.Status;
            await context.Response.WriteAsJsonAsync(new { message = meets.Words });
            return;
        }

        if (!IsKnown(request))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            await context.Response.WriteAsJsonAsync(new { message = "Bad credentials" });
            return;
        }

        if (path.Split('?')[0] != Resource || (host == GitHost.AzureDevOps && request.Query["api-version"] != "7.1"))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsJsonAsync(new { message = "Not Found" });
            return;
        }

        if (request.Method == HttpMethods.Get) await ListAsync(context);
        else await OpenAsync(context);
    }

    private bool IsKnown(HttpRequest request) => host switch
    {
        GitHost.GitHub => request.Headers.Authorization == $"Bearer {Secret}" && request.Headers.UserAgent.Count > 0,
        GitHost.GitLab => request.Headers["PRIVATE-TOKEN"] == Secret,
        GitHost.AzureDevOps => request.Headers.Authorization == "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($":{Secret}")),
        _ => request.Headers.Authorization == $"token {Secret}",
    };

    private async Task ListAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var (size, at, target) = host switch
        {
            GitHost.AzureDevOps => (Number(query["$top"], 100), Number(query["$skip"], 0), query["searchCriteria.targetRefName"].ToString()["refs/heads/".Length..]),
            GitHost.GitLab => (Number(query["per_page"], 20), 0, query["target_branch"].ToString()),
            GitHost.GitHub => (Number(query["per_page"], 30), 0, query["base"].ToString()),
            _ => (Number(query["limit"], 30), 0, ""),
        };
        Assert.Equal(host switch { GitHost.GitLab => "opened", GitHost.AzureDevOps => "active", _ => "open" }, query[host == GitHost.AzureDevOps ? "searchCriteria.status" : "state"].ToString());
        if (host != GitHost.AzureDevOps) at = (Number(query["page"], 1) - 1) * size;
        var shown = Pulls.Where(pull => target.Length == 0 || pull.Target == target).Skip(at).Take(size).Select(Json).ToList();
        await context.Response.WriteAsJsonAsync<object>(host == GitHost.AzureDevOps ? new { value = shown, count = shown.Count } : shown);
    }

    private async Task OpenAsync(HttpContext context)
    {
        using var asked = await JsonDocument.ParseAsync(context.Request.Body);
        string Text(string name) => asked.RootElement.GetProperty(name).GetString()!;
        var (branch, target, body) = host switch
        {
            GitHost.GitLab => (Text("source_branch"), Text("target_branch"), Text("description")),
            GitHost.AzureDevOps => (Text("sourceRefName")["refs/heads/".Length..], Text("targetRefName")["refs/heads/".Length..], Text("description")),
            _ => (Text("head"), Text("base"), Text("body")),
        };
        OpenedPull? pull = null;
        lock (gate)
        {
            if (!pulls.Exists(each => each.Branch == branch && !each.IsFork)) pulls.Add(pull = new(pulls.Count + 1, branch, target, Text("title"), body, IsFork: false));
        }

        context.Response.StatusCode = pull is not null ? StatusCodes.Status201Created : host == GitHost.GitHub ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status409Conflict;
        await context.Response.WriteAsJsonAsync(pull is null ? new { message = "There is one already" } : Json(pull));
    }

    private object Json(OpenedPull pull) => host switch
    {
        GitHost.GitLab => new { iid = pull.Number, source_branch = pull.Branch, target_branch = pull.Target, source_project_id = pull.IsFork ? 8 : 7, target_project_id = 7, state = "opened", web_url = LinkOf(pull) },
        GitHost.AzureDevOps when pull.IsFork => new { pullRequestId = pull.Number, sourceRefName = $"refs/heads/{pull.Branch}", targetRefName = $"refs/heads/{pull.Target}", status = "active", forkSource = new { name = "x" } },
        GitHost.AzureDevOps => new { pullRequestId = pull.Number, sourceRefName = $"refs/heads/{pull.Branch}", targetRefName = $"refs/heads/{pull.Target}", status = "active" },
        _ => new
        {
            number = pull.Number,
            state = "open",
            html_url = LinkOf(pull),
            head = new { @ref = pull.Branch, repo = new { full_name = pull.IsFork ? "else/reports" : "acme/reports" } },
            @base = new { @ref = pull.Target, repo = new { full_name = "acme/reports" } },
        },
    };

    private static string LinkOf(OpenedPull pull) => string.Create(CultureInfo.InvariantCulture, $"https://git.example.com/acme/reports/{pull.Number}");

    private static int Number(string? text, int usual) => text is { Length: > 0 } ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
}

/// <summary>A pull request that is open.</summary>
internal sealed record OpenedPull(int Number, string Branch, string Target, string Title, string Body, bool IsFork);
