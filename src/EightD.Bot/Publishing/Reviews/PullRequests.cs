using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace EightD.Bot.Publishing.Reviews;

/// <summary>The pull requests of a repository on its host: which are open, and one more. Each host has its own words for the same two calls.</summary>
/// <param name="api">The address of the host's API, with a slash at its end.</param>
/// <param name="token">With which it is asked, a secret; null: no pull request is opened, and people are given the link where they open one.</param>
internal abstract class PullRequests(Uri api, string? token) : IDisposable
{
    private const int MostPages = 20;

    /// <summary>Where hosts say what is wrong: all have a message, GitHub the particulars beside it.</summary>
    private static readonly string[] Complaints = ["message", "error", "errors"];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, ActivityHeadersPropagator = null, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Patience, MaxResponseContentBufferSize = 8 * 1024 * 1024 };

    /// <summary>Whether the host can be asked.</summary>
    public bool CanOpen => token is not null;

    /// <summary>How many a page of the host's list has.</summary>
    protected abstract int PageSize { get; }

    /// <summary>The address of the repository's pull requests, below the API's: what is posted there opens one.</summary>
    protected abstract string Address { get; }

    /// <summary>The page on which a person opens a pull request for a branch.</summary>
    public abstract string CompareLink(string branch);

    /// <summary>The open pull requests to the branch of the reports: the link of each by its branch.</summary>
    /// <exception cref="RepositoryUnavailableException">The host does not answer, or says no.</exception>
    public async Task<IReadOnlyDictionary<string, string>> OpenOnesAsync(CancellationToken cancel)
    {
        Dictionary<string, string> open = new(StringComparer.Ordinal);
        for (var page = 1; page <= MostPages; page++)
        {
            using var list = await AskAsync(new(HttpMethod.Get, ListAddress(page)), cancel);
            var items = Items(list.RootElement).ToList();
            foreach (var item in items)
            {
                if (Branch(item) is { } branch) open.TryAdd(branch, Link(item));
            }

            if (items.Count < PageSize) break;
        }

        return open;
    }

    /// <summary>Opens a pull request from a branch to the branch of the reports; its link. One that is open already is that one.</summary>
    /// <exception cref="RepositoryUnavailableException">The host does not answer, or says no.</exception>
    public async Task<string> OpenAsync(string branch, string title, string body, CancellationToken cancel)
    {
        if ((await OpenOnesAsync(cancel)).TryGetValue(branch, out var open)) return open;
        try
        {
            using var opened = await AskAsync(new(HttpMethod.Post, Address) { Content = JsonContent.Create(Opening(branch, title, body)) }, cancel);
            return Link(opened.RootElement);
        }
        catch (RepositoryUnavailableException refused) when (refused.Kind == GitFailure.Refused)
        {
            if (!(await OpenOnesAsync(cancel)).TryGetValue(branch, out var meanwhile)) throw;
            return meanwhile; // another process was first
        }
    }

    public void Dispose() => http.Dispose();

    /// <summary>The address of a page of the open ones, below the API's.</summary>
    protected abstract string ListAddress(int page);

    /// <summary>What is posted to open one.</summary>
    protected abstract object Opening(string branch, string title, string body);

    /// <summary>The branch of one of the list; null where it comes from another repository.</summary>
    protected abstract string? Branch(JsonElement item);

    /// <summary>The page of one.</summary>
    protected abstract string Link(JsonElement item);

    /// <summary>Shows the token as this host wants to see it.</summary>
    protected abstract void Authorize(HttpRequestHeaders headers, string secret);

    /// <summary>The pull requests of a page of the list.</summary>
    protected virtual IEnumerable<JsonElement> Items(JsonElement list) => list.EnumerateArray();

    private async Task<JsonDocument> AskAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        using var asked = request;
        asked.RequestUri = new(api, asked.RequestUri!);
        asked.Headers.UserAgent.ParseAdd("8d-bot");
        asked.Headers.Accept.ParseAdd("application/json");
        if (token is not null) Authorize(asked.Headers, token);
        try
        {
            using var answer = await http.SendAsync(asked, cancel);
            var text = await answer.Content.ReadAsStringAsync(cancel);
            return answer.IsSuccessStatusCode ? JsonDocument.Parse(text) : throw Failure(answer.StatusCode, text);
        }
        catch (Exception cause) when (cause is HttpRequestException or JsonException or InvalidOperationException or KeyNotFoundException || (cause is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new RepositoryUnavailableException($"{api.Host} did not answer as it should.", cause);
        }
    }

    private RepositoryUnavailableException Failure(HttpStatusCode status, string text)
    {
        var kind = status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError ? GitFailure.Unreachable : GitFailure.Refused;
        var said = Words(text);
        return new($"{api.Host} answered {(int)status}{(said.Length > 0 ? $": {(token is null ? said : said.Replace(token, "***", StringComparison.Ordinal))}" : "")}") { Kind = kind };
    }

    /// <summary>What a host says is wrong, on one line.</summary>
    private static string Words(string text)
    {
        const int Most = 300;
        try
        {
            using var json = JsonDocument.Parse(text);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return "";
            var said = string.Join(' ', Complaints.Select(name => json.RootElement.TryGetProperty(name, out var value) ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText() : "").Where(word => !string.IsNullOrEmpty(word)));
            return CommitMessage.OneLine(said.Length <= Most ? said : said[..Most]);
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
