using System.Net.Http.Headers;
using System.Text.Json;
using EightD.Bot.Settings;

namespace EightD.Bot.Publishing.Reviews;

/// <summary>GitLab's merge requests (REST API v4, "Merge requests").</summary>
internal sealed class GitLab(RepositoryOptions options, RepositoryAddress at) : PullRequests(options.HostApi ?? new(at.Host, "api/v4/"), options.Token)
{
    protected override int PageSize => 100;

    protected override string Address => $"projects/{Uri.EscapeDataString(at.Path)}/merge_requests";

    public override string CompareLink(string branch) =>
        $"{at.Host}{at.Path}/-/merge_requests/new?merge_request%5Bsource_branch%5D={Uri.EscapeDataString(branch)}&merge_request%5Btarget_branch%5D={Uri.EscapeDataString(options.Branch)}";

    protected override string ListAddress(int page) => $"{Address}?state=opened&target_branch={Uri.EscapeDataString(options.Branch)}&per_page={PageSize}&page={page}";

    protected override object Opening(string branch, string title, string body) => new { source_branch = branch, target_branch = options.Branch, title, description = body };

    protected override string? Branch(JsonElement item) =>
        item.GetProperty("source_project_id").ToString() == item.GetProperty("target_project_id").ToString() ? item.GetProperty("source_branch").GetString() : null;

    protected override string Link(JsonElement item) => item.GetProperty("web_url").GetString()!;

    protected override void Authorize(HttpRequestHeaders headers, string secret) => headers.Add("PRIVATE-TOKEN", secret);
}
