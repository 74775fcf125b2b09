using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using EightD.Bot.Settings;

namespace EightD.Bot.Publishing.Reviews;

/// <summary>Azure DevOps' pull requests (REST API 7.1, "Git, Pull Requests").</summary>
internal sealed class AzureDevOps(RepositoryOptions options, RepositoryAddress at) : PullRequests(options.HostApi ?? Page(at).Project, options.Token)
{
    private const string Refs = "refs/heads/", Version = "api-version=7.1";

    protected override int PageSize => 100;

    protected override string Address => $"_apis/git/repositories/{Uri.EscapeDataString(Page(at).Name)}/pullrequests?{Version}";

    public override string CompareLink(string branch) => $"{Repository}/pullrequestcreate?sourceRef={Uri.EscapeDataString(branch)}&targetRef={Uri.EscapeDataString(options.Branch)}";

    protected override string ListAddress(int page) =>
        $"{Address}&searchCriteria.status=active&searchCriteria.targetRefName={Uri.EscapeDataString(Refs + options.Branch)}&$top={PageSize}&$skip={(page - 1) * PageSize}";

    protected override object Opening(string branch, string title, string body) => new { sourceRefName = Refs + branch, targetRefName = Refs + options.Branch, title, description = body };

    protected override IEnumerable<JsonElement> Items(JsonElement list) => list.GetProperty("value").EnumerateArray();

    protected override string? Branch(JsonElement item) =>
        !item.TryGetProperty("forkSource", out _) && item.GetProperty("sourceRefName").GetString() is { } name && name.StartsWith(Refs, StringComparison.Ordinal) ? name[Refs.Length..] : null;

    protected override string Link(JsonElement item) => $"{Repository}/pullrequest/{item.GetProperty("pullRequestId")}";

    protected override void Authorize(HttpRequestHeaders headers, string secret) => headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($":{secret}")));

    private string Repository => $"{Page(at).Project.AbsoluteUri}_git/{Uri.EscapeDataString(Page(at).Name)}";

    /// <summary>
    /// The project's page, with a slash at its end, and the repository's name: of <c>https://dev.azure.com/org/project/_git/name</c>, and of ssh's
    /// <c>git@ssh.dev.azure.com:v3/org/project/name</c>. A repository that is called as its project may leave that out.
    /// </summary>
    private static (Uri Project, string Name) Page(RepositoryAddress at)
    {
        const string Mark = "/_git/";
        if (at.Path.StartsWith("v3/", StringComparison.Ordinal) && at.Path.Split('/') is [_, var organisation, var project, var repository])
        {
            return (new($"https://dev.azure.com/{Uri.EscapeDataString(organisation)}/{Uri.EscapeDataString(project)}/"), repository);
        }

        var (before, name) = $"/{at.Path}".Split(Mark) is [var above, var last] ? (above, last) : ($"/{at.Path}", at.Path[(at.Path.LastIndexOf('/') + 1)..]);
        var segments = before.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.EscapeDataString).ToList();
        if (segments.Count == (at.Host.Host.EndsWith("visualstudio.com", StringComparison.OrdinalIgnoreCase) ? 0 : 1)) segments.Add(Uri.EscapeDataString(name));
        return (new(at.Host, string.Concat(segments.Select(segment => segment + "/"))), name);
    }
}
