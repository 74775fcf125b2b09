using System.Net.Http.Headers;
using EightD.Bot.Settings;

namespace EightD.Bot.Publishing.Reviews;

/// <summary>The pull requests of Gitea and of Forgejo (API v1, "repository"), which speak as GitHub does, but for how they list, compare and are shown a token.</summary>
internal sealed class Gitea(RepositoryOptions options, RepositoryAddress at) : GitHub(options, at, new(at.Host, "api/v1/"))
{
    protected override int PageSize => 50;

    public override string CompareLink(string branch) => Comparison(branch);

    protected override string ListAddress(int page) => $"{Address}?state=open&limit={PageSize}&page={page}";

    protected override void Authorize(HttpRequestHeaders headers, string secret) => headers.Authorization = new("token", secret);
}
