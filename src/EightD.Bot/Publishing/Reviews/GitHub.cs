using System.Net.Http.Headers;
using System.Text.Json;
using EightD.Bot.Settings;

namespace EightD.Bot.Publishing.Reviews;

/// <summary>GitHub's pull requests (REST API 2022-11-28, "Pulls"). A company's own server has its API below <c>/api/v3/</c>.</summary>
internal class GitHub(RepositoryOptions options, RepositoryAddress at, Uri api) : PullRequests(options.HostApi ?? api, options.Token)
{
    public GitHub(RepositoryOptions options, RepositoryAddress at)
        : this(options, at, at.Host.Host == "github.com" ? new("https://api.github.com/") : new(at.Host, "api/v3/"))
    {
    }

    /// <summary>The page that compares a branch with that of the reports.</summary>
    protected string Comparison(string branch) => $"{at.Host}{at.Path}/compare/{options.Branch}...{branch}";

    protected override int PageSize => 100;

    protected override string Address => $"repos/{at.Path}/pulls";

    public override string CompareLink(string branch) => $"{Comparison(branch)}?expand=1";

    protected override string ListAddress(int page) => $"{Address}?state=open&base={Uri.EscapeDataString(options.Branch)}&per_page={PageSize}&page={page}";

    protected override object Opening(string branch, string title, string body) => new { title, head = branch, @base = options.Branch, body };

    protected override string? Branch(JsonElement item) =>
        item.GetProperty("base").GetProperty("ref").GetString() == options.Branch
        && item.GetProperty("head") is var head && head.GetProperty("repo") is { ValueKind: JsonValueKind.Object } from && at.Path.Equals(from.GetProperty("full_name").GetString(), StringComparison.OrdinalIgnoreCase)
            ? head.GetProperty("ref").GetString()
            : null;

    protected override string Link(JsonElement item) => item.GetProperty("html_url").GetString()!;

    protected override void Authorize(HttpRequestHeaders headers, string secret)
    {
        headers.Authorization = new("Bearer", secret);
        headers.Add("X-GitHub-Api-Version", "2022-11-28");
    }
}
