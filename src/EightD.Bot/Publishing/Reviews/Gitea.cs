using EightD.Bot.Settings;
using System.Net.Http.Headers;
using System.Text.Json;

namespace EightD.Bot.Publishing.Reviews;

/// <summary>The pull requests of Gitea and of Forgejo (API v1, "repository").</summary>
internal sealed class Gitea(RepositoryOptions options, RepositoryAddress at) : PullRequests(options.HostApi ?? new(at.Host, "api/v1/"), options.Token)
{
    protected override int PageSize => 50;

    protected override string Address => $"repos/{at.Path}/pulls";

    public override string CompareLink(string branch) => $"{at.Host}{at.Path}/compare/{options.Branch}...{branch}";

    protected override string ListAddress(int page) => $"{Address}?state=open&limit={PageSize}&page={page}";

    protected override object Opening(string branch, string title, string body) => new { title, head = branch, @base = options.Branch, body };

    protected override string? Branch(JsonElement item) =>
        item.GetProperty("base").GetProperty("ref").GetString() == options.Branch
        && item.GetProperty("head") is var head && head.GetProperty("repo") is { ValueKind: JsonValueKind.Object } from && at.Path.Equals(from.GetProperty("full_name").GetString(), StringComparison.OrdinalIgnoreCase)
            ? head.GetProperty("ref").GetString()
            : null;

    protected override string Link(JsonElement item) => item.GetProperty("html_url").GetString()!;

    protected override void Authorize(HttpRequestHeaders headers, string secret) => headers.Authorization = new("token", secret);
}
