using EightD.Bot.Channels.Playground;
using EightD.Bot.Channels.Teams;
using EightD.Bot.Publishing;
using EightD.Bot.Publishing.Reviews;
using EightD.Bot.Settings;
using EightD.Bot.Storage;
using EightD.Bot.Turns;
using EightD.Incidents;
using EightD.Incidents.Closing;
using EightD.Incidents.Rebuilding;
using EightD.Reports.Actions;
using EightD.Reports.Folder;
using EightD.Reports.Templates;
using Microsoft.Extensions.Logging.Abstractions;

namespace EightD.Bot.Rebuilding;

/// <summary>
/// The verb <c>rebuild</c>: writes 8Ds into an empty or new store from the report repositories, one line a report. Git stays as it is; an 8D that is in the store stays
/// as it is there, so it may be repeated.
/// </summary>
internal sealed class Rebuild(ReportRepositories repositories, IncidentStore incidents, BotSettings settings)
{
    private const string Lost = """
        Lost with the store: conversations and what was said there, drafts that were never published, the history of answers and undo, open questions, the own numbers of actions
        (they count from 1 again), who is who in chat, workspaces' settings. An open report is taken up again by `/8d start --from N` in a conversation.
        """;

    /// <summary>Rebuilds. 0; or 1 with one sentence where a setting is wrong, the bot serves, or a repository cannot be read.</summary>
    /// <param name="args">The command line after the verb.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var builder = Configuring.Builder(args);
            var settings = BotSettings.Read(builder.Configuration, builder.Environment.IsDevelopment());
            var store = await OpenAsync(settings);
            await using var closing = store as IAsyncDisposable;
            using var incidents = new IncidentStore(store, NullLogger<IncidentStore>.Instance, new(), TimeProvider.System);
            using var repositories = new ReportRepositories(RepositoryOptions.Of(settings), []);
            var rebuilt = await new Rebuild(repositories, incidents, settings).AllAsync(CancellationToken.None);
            Console.WriteLine(rebuilt == 0 ? "Nothing was written: all reports that can be are in the store." : $"{rebuilt} reports are back.\n{Lost}");
            return 0;
        }
        catch (SettingException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
        }
        catch (Exception cause) when (cause is RepositoryUnavailableException or StoreUnavailableException)
        {
            await Console.Error.WriteLineAsync($"{cause.Message.TrimEnd('.')}. What stands above is done; mend this and say `rebuild` again.");
        }

        return 1;
    }

    /// <summary>The store, which nobody serves.</summary>
    private static async Task<IBlobStore> OpenAsync(BotSettings settings)
    {
        if (settings.StorageProvider is StorageProvider.Sqlite) return SqliteBlobStore.Open(settings.StoragePath);
        var azure = AzureBlobStore.Open(settings);
        await azure.EnsureUsableAsync(CancellationToken.None);
        return await Replicas.AnyLivesAsync(azure, TimeProvider.System, CancellationToken.None) ? throw new SettingException(AzureSettings.Container, "a bot serves it; stop every bot that does, and say `rebuild` again.") : azure;
    }

    private async Task<int> AllAsync(CancellationToken cancel)
    {
        var rebuilt = 0;
        foreach (var place in repositories.All)
        {
            await place.Git.CheckOptionsAsync(cancel);
            if (place.Git is { IsRemote: false, IsAbsent: true }) continue;
            await place.Git.RefreshAsync(cancel);
            if (await place.Git.HeadAsync(cancel) is not { } head) continue;
            foreach (var own in await OwnFoldersAsync(place, cancel))
            {
                var folder = new GitFolder(place.Git, own is null ? place.Options : place.Options with { Own = own });
                var templates = await place.In(own).TemplatesAsync(cancel);
                var now = await folder.NowAsync(cancel);
                foreach (var file in now.Reports.Order(StringComparer.Ordinal)) rebuilt += await OneAsync(place, folder, now, file, head, review: null, templates, cancel);
                foreach (var (branch, commit) in await WaitingAsync(place, own, cancel))
                {
                    var there = await folder.AtAsync(commit, cancel);
                    var number = ReviewBranch.Read(branch)!.Value.Number;
                    if (now.ReportOf(number) is null && there.ReportOf(number) is { } file) rebuilt += await OneAsync(place, folder, there, file, commit, new(branch, head), templates, cancel);
                }
            }
        }

        return rebuilt;
    }

    /// <summary>The folders with reports: the operator's, and those below it that workspaces have of their own.</summary>
    private static async Task<IReadOnlyList<string?>> OwnFoldersAsync(GitPlace place, CancellationToken cancel)
    {
        var all = await new GitFolder(place.Git, place.Options).NowAsync(cancel);
        var below = all.Blobs.Keys.Where(path => path.Split('/') is [var folder, var name] && folder[0] != '.' && FileName.NumberIn(name) is not null).Select(path => path.Split('/')[0]).Distinct(StringComparer.Ordinal);
        return [null, .. below.Order(StringComparer.Ordinal)];
    }

    private static async Task<IReadOnlyDictionary<string, string>> WaitingAsync(GitPlace place, string? own, CancellationToken cancel) => place.Options.Mode == GitMode.PullRequest
        ? (await place.Git.BranchesAsync(ReviewBranch.PrefixOf(own), cancel)).Where(branch => ReviewBranch.NumberOf(branch.Key, own) is not null).ToDictionary(StringComparer.Ordinal)
        : new Dictionary<string, string>(StringComparer.Ordinal);

    private async Task<int> OneAsync(GitPlace place, GitFolder folder, FolderSnapshot now, string file, string commit, Review? review, IReadOnlyList<Template> templates, CancellationToken cancel)
    {
        var number = FileName.NumberIn(file)!.Value;
        var path = now.PathOf(file);
        if (await folder.TextAsync(now, file, cancel) is not { } text) return Said(path, "left out: it is no text that can be read");
        var published = await place.Git.CommitWithAsync(commit, CommitMessage.EffectTrailer, path, cancel);
        var trailers = (published?.Trailers ?? []).Where(line => line.Contains(": ", StringComparison.Ordinal)).GroupBy(line => line[..line.IndexOf(": ", StringComparison.Ordinal)], StringComparer.Ordinal)
            .ToDictionary(line => line.Key, line => line.Last()[(line.Key.Length + 2)..], StringComparer.Ordinal);
        if ((PublishTrailers.WorkspaceIn(trailers) ?? UsualTenant) is not { } tenant) return Said(path, $"left in Git: nobody published it from a conversation; `/8d start --from {number}` takes it up");
        if (await incidents.ByNumberAsync(tenant, number, cancel) is { Incident: var stands }) return Said(path, $"in the store already, as {stands.Name}");

        var by = published is { } last ? new Person(last.Address.EndsWith("@localhost", StringComparison.Ordinal) ? last.Address[..^"@localhost".Length] : last.Name, last.Name) : Person.Bot;
        RebuiltFile standing = new(tenant, number, place == repositories.Private, new(commit, path, file, Version: 0) { Review = review });
        var incident = Rebuilt.From(standing, text, Template.Of(text, [.. templates, .. Template.BuiltIn]), new(by, published?.At ?? DateTimeOffset.UnixEpoch, trailers));
        await incidents.NoteStartAsync(incident, cancel);
        await incidents.TryWriteAsync(incident, etag: null, cancel);
        var open = ActionTable.Of(incident.Report).Rows.Count(row => row.IsOpen);
        Said(path, $"{incident.ShownName}: {(incident.IsOpen ? "open" : incident.Phase == Phase.Cancelled ? "cancelled" : "closed")}, open actions: {open}{(review is null ? "" : $", waits on {review.Branch}")}");
        return 1;
    }

    /// <summary>Whose a report is of which no commit says it: the one organisation's that shares the operator's folder, where its name is known without asking anybody.</summary>
    private string? UsualTenant => settings.Playground ? PlaygroundChannel.Tenant : settings.Teams is { } teams && settings.Slack is null ? $"{TeamsPlace.Tenants}{teams.TenantId}" : null;

    private static int Said(string path, string what)
    {
        Console.WriteLine($"{path}: {what}.");
        return 0;
    }
}
