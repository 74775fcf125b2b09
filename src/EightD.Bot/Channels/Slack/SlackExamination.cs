using System.Globalization;
using System.Text.Json;
using EightD.Bot.Doctor;
using EightD.Bot.Settings;

namespace EightD.Bot.Channels.Slack;

/// <summary>Looks whether Slack takes what is set, and lets the bot do its work. It asks only what posts nothing and changes nothing there.</summary>
internal sealed class SlackExamination
{
    private const string BotKey = "Slack:BotToken", AppKey = "Slack:AppToken", EmojiScope = "emoji:read", Emoji = "8d";

    private const int MostChannels = 20;

    /// <summary>Slack's requests are refused where the clocks are five minutes apart.</summary>
    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(1);

    private readonly BotSettings settings;
    private readonly SlackApi api;
    private readonly string host;

    private SlackExamination(BotSettings settings, SlackSettings slack, SlackApi api) => (this.settings, this.api, host) = (settings, api, slack.ApiUrl.IdnHost);

    /// <summary>The findings; none where Slack is off, one where it does not answer.</summary>
    /// <param name="settings">What is set; of the store only what is open is read.</param>
    /// <param name="clock">This machine's clock.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<IReadOnlyList<Finding>> FindAsync(BotSettings settings, TimeProvider clock, CancellationToken cancel)
    {
        if (settings.Slack is not { } slack) return [];
        using var web = new SlackApi(slack.ApiUrl);
        var look = new SlackExamination(settings, slack, web);
        var way = slack.AppToken is { } app ? await look.SocketAsync(app, cancel) : Addresses(settings.PublicUrl);
        if (slack.BotToken is not { } token) return [Installing(settings.PublicUrl), way];
        try
        {
            var answer = await web.CallAsync(token, "auth.test", [], cancel);
            return [Workspace(answer), way, Scopes(answer), .. Clock(answer, clock.GetUtcNow()), MessagesTab(), await look.EmojiAsync(token, answer, cancel), await look.ChannelsAsync(token, answer, cancel)];
        }
        catch (SlackException failed)
        {
            return [look.Failed(BotKey, failed, "install the app on its page OAuth & Permissions, and set the bot token (xoxb-) that stands there then."), way];
        }
    }

    private static Finding Workspace(SlackAnswer answer) => Finding.Ok($"{BotKey}: the bot is `{NameOf(answer.User) ?? answer.UserId}` in the workspace {NameOf(answer.Team) ?? answer.TeamId}.");

    private static string? NameOf(JsonElement? named) => named is { ValueKind: JsonValueKind.String } name ? name.GetString() : null;

    private async Task<Finding> SocketAsync(string token, CancellationToken cancel)
    {
        try
        {
            await api.CallAsync(token, "apps.connections.open", [], cancel); // the address that it gives is good for one connection, and ends unused
            return Finding.Ok($"{AppKey}: Socket Mode can be opened.");
        }
        catch (SlackException failed)
        {
            return Failed(AppKey, failed, "turn on Socket Mode on the app's page, and set an app-level token (xapp-) with the scope `connections:write` from its page Basic Information.");
        }
    }

    private static Finding Addresses(Uri? publicUrl) => publicUrl is null
        ? Finding.Fail($"{BotSettings.PublicKey}: Slack over HTTP needs it; set the https address at which Slack reaches the bot, or {AppKey} for Socket Mode, which needs none.")
        : Finding.Ok($"{BotSettings.PublicKey}: Slack has to be told {string.Join(", ", ((string[])[SlackEndpoints.Commands, SlackEndpoints.Interactivity, SlackEndpoints.Events]).Select(path => SlackManifest.Address(publicUrl, path)))}, as `manifests` writes them.");

    private static Finding Installing(Uri? publicUrl) => publicUrl is null
        ? Finding.Fail($"{BotSettings.PublicKey}: workspaces come back to it when they add the app; set the https address at which they reach the bot.")
        : Finding.Ok($"Slack:ClientId: workspaces add the app at {SlackManifest.Address(publicUrl, SlackInstall.Begin)}; each of their tokens is tried when it is used.");

    private static Finding Scopes(SlackAnswer answer)
    {
        var missing = SlackManifest.Scopes.Except(ScopesOf(answer), StringComparer.Ordinal).ToList();
        return missing.Count == 0
            ? Finding.Ok("Slack scopes: all that the bot needs.")
            : Finding.Fail($"Slack scopes: the app lacks {string.Join(", ", missing.Select(scope => $"`{scope}`"))}; add what is missing on its page OAuth & Permissions, then reinstall the app there.");
    }

    private static string[] ScopesOf(SlackAnswer answer) => (answer.Scopes ?? "").Split(',', StringSplitOptions.TrimEntries);

    private static IEnumerable<Finding> Clock(SlackAnswer answer, DateTimeOffset now)
    {
        if (answer.Date is not { } there) yield break;
        var ahead = now - there;
        yield return ahead.Duration() <= MostSkew
            ? Finding.Ok("Slack clock: this machine's agrees with Slack's.")
            : Finding.Fail(string.Create(CultureInfo.InvariantCulture, $"Slack clock: this machine's is {ahead.Duration().TotalSeconds:0} s {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} Slack's, and what comes over HTTP is refused beyond {SlackSignature.MostSeconds} s; set the clock, or have NTP do it."));
    }

    /// <summary>Slack tells it only to who posts there.</summary>
    private static Finding MessagesTab() =>
        Finding.Ok("Slack Messages tab: Slack does not tell; on the app's page App Home it has to be on, and people allowed to send commands and messages from it.");

    private async Task<Finding> EmojiAsync(string token, SlackAnswer answer, CancellationToken cancel)
    {
        const string Remedy = $"upload an emoji of the name `{Emoji}` (Customize workspace), or react with :pushpin:";
        if (!ScopesOf(answer).Contains(EmojiScope, StringComparer.Ordinal)) return Finding.Ok($"Slack emoji: whether :{Emoji}: is there is told only with the scope `{EmojiScope}`; {Remedy}.");
        try
        {
            var found = await api.CallAsync(token, "emoji.list", [], cancel);
            return found.Emoji is { ValueKind: JsonValueKind.Object } emoji && emoji.TryGetProperty(Emoji, out _)
                ? Finding.Ok($"Slack emoji: :{Emoji}: is there.")
                : Finding.Fail($"Slack emoji: there is no :{Emoji}: yet; {Remedy}.");
        }
        catch (SlackException failed)
        {
            return Failed("Slack emoji", failed, $"{Remedy}.");
        }
    }

    private async Task<Finding> ChannelsAsync(string token, SlackAnswer answer, CancellationToken cancel)
    {
        var tenant = new SlackWorkspace(answer.TeamId ?? answer.EnterpriseId ?? "", token, answer.UserId ?? "", answer.BotId).Tenant;
        var open = (await StorageExamination.ConversationsAsync(settings, tenant, cancel)).Where(channel => !SlackChannel.IsDirect(channel)).ToList();
        var missed = new List<string>();
        try
        {
            foreach (var channel in open.Take(MostChannels))
            {
                if (await MissedAsync(token, channel, cancel) is { } name) missed.Add(name);
            }
        }
        catch (SlackException failed)
        {
            return Failed("Slack channels", failed, "mend what is named above, then look again.");
        }

        if (missed.Count > 0) return Finding.Fail($"Slack channels: the bot is not in {string.Join(", ", missed)}, where an 8D is open; type `/invite @8D Bot` there.");
        return Finding.Ok(open.Count switch
        {
            0 => "Slack channels: none has an open 8D.",
            > MostChannels => $"Slack channels: the bot is in the newest {MostChannels} of {open.Count} that have an open 8D.",
            _ => $"Slack channels: the bot is in each that has an open 8D ({open.Count}).",
        });
    }

    /// <summary>What a channel is called that the bot should be in and is not; null where it is in it, or nobody can be invited.</summary>
    private async Task<string?> MissedAsync(string token, string channel, CancellationToken cancel)
    {
        try
        {
            var found = await api.CallAsync(token, "conversations.info", [("channel", channel)], cancel);
            return found.ChannelFacts is { IsMember: false, IsArchived: false } facts ? $"#{facts.Name}" : null;
        }
        catch (SlackException unseen) when (unseen.Code is "channel_not_found")
        {
            return channel; // private: Slack tells its name to members
        }
    }

    private Finding Failed(string what, SlackException failed, string remedy) => Finding.Fail(failed switch
    {
        { RetryAfter: { } after } => string.Create(CultureInfo.InvariantCulture, $"{what}: Slack answers no more questions for now; ask again in {after.TotalSeconds:0} s."),
        { IsUnclear: true } => $"{what}: Slack does not answer; see that this machine reaches {host}, and on https://slack-status.com whether all is well there.",
        _ => $"{what}: Slack refuses it ({failed.Code}); {remedy}",
    });
}
