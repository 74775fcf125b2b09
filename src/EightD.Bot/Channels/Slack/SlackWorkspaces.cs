using EightD.Bot.Settings;

namespace EightD.Bot.Channels.Slack;

/// <summary>A workspace, or an organisation, that has the app.</summary>
/// <param name="Id">Its id: <c>T…</c>, of an organisation <c>E…</c>.</param>
/// <param name="Token">The bot's token there, a secret.</param>
/// <param name="BotUser">The bot as a user: <c>U…</c>.</param>
/// <param name="BotId">The bot as the author of its messages: <c>B…</c>.</param>
internal sealed record SlackWorkspace(string Id, string Token, string BotUser, string? BotId)
{
    /// <summary>Its tenant. No look-up crosses it.</summary>
    public string Tenant => $"{SlackChannel.Tenants}{Id}";

    /// <summary>No token.</summary>
    public override string ToString() => Tenant;
}

/// <summary>The workspaces that have the app: the one whose token is set, or those that added it themselves.</summary>
internal sealed class SlackWorkspaces(SlackSettings settings, SlackApi api, SlackInstallations? installations = null) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private SlackWorkspace? own;

    /// <summary>Whether workspaces add the app themselves, so that each is a house of its own.</summary>
    public bool AreMany => installations is not null;

    /// <summary>The workspace that a request is for: the team, else the organisation; null where the app is not installed.</summary>
    /// <exception cref="SlackException">Slack could not say.</exception>
    public async ValueTask<SlackWorkspace?> FindAsync(string? enterprise, string? team, CancellationToken cancel)
    {
        if (installations is null) return await OwnAsync(cancel) is { } found && (found.Id == team || found.Id == enterprise) ? found : null;
        return (team is null ? null : await installations.FindAsync(team, cancel)) ?? (enterprise is null ? null : await installations.FindAsync(enterprise, cancel));
    }

    /// <summary>The workspace of a tenant; null where the app is not installed (any more).</summary>
    /// <exception cref="SlackException">Slack could not say.</exception>
    public async ValueTask<SlackWorkspace?> OfAsync(string tenant, CancellationToken cancel)
    {
        if (installations is not null) return await installations.FindAsync(tenant[SlackChannel.Tenants.Length..], cancel);
        return await OwnAsync(cancel) is { } found && found.Tenant == tenant ? found : null;
    }

    /// <summary>Slack says that the app was taken away from a workspace.</summary>
    public Task RemoveAsync(SlackWorkspace workspace, CancellationToken cancel) => installations?.RemoveAsync(workspace.Id, cancel) ?? Task.CompletedTask;

    public void Dispose() => gate.Dispose();

    private async ValueTask<SlackWorkspace?> OwnAsync(CancellationToken cancel)
    {
        if (own is not null || settings.BotToken is not { } token) return own;
        await gate.WaitAsync(cancel);
        try
        {
            if (own is not null) return own;
            var answer = await api.CallAsync(token, "auth.test", [], cancel);
            return own = new(answer.TeamId ?? answer.EnterpriseId ?? "", token, answer.UserId ?? "", answer.BotId);
        }
        finally
        {
            gate.Release();
        }
    }
}
