using System.Globalization;
using EightD.Bot.Settings;
using EightD.Bot.Storage;
using EightD.Bot.Turns;

namespace EightD.Bot.Doctor;

/// <summary>Looks at the store and at what stands in it.</summary>
internal static class StorageExamination
{
    private const int MostNamed = 3;
    private const long Megabyte = 1024 * 1024;
    private const long LeastFree = 16 * Megabyte;

    /// <summary>How long something may be due before it is clear that nobody does it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(5);

    /// <summary>The findings; only the first where there is no store yet, or none that answers.</summary>
    public static async Task<IReadOnlyList<Finding>> FindAsync(BotSettings settings, DateTimeOffset now, CancellationToken cancel)
    {
        try
        {
            var (finding, store) = settings.StorageProvider switch
            {
                StorageProvider.AzureBlob => await AzureAsync(settings, now, cancel),
                _ => Sqlite(settings.StoragePath),
            };
            if (store is null) return [finding];
            await using var closing = store as IAsyncDisposable;
            return [finding, await DeadLettersAsync(store, cancel), await OverdueAsync(store, now, cancel), await ReadableAsync(store, cancel)];
        }
        catch (SettingException cause)
        {
            return [Finding.Fail(cause.Message)];
        }
        catch (StoreUnavailableException cause)
        {
            return [Finding.Fail($"Storage: {cause.Message.TrimEnd('.')}; mend what it names, or put a back-up in its place.")];
        }
    }

    /// <summary>
    /// The conversations of a tenant's open 8Ds, the newest first, each once. None where there is no store yet; what cannot be read is left out, since the findings
    /// name it.
    /// </summary>
    public static async Task<IReadOnlyList<string>> ConversationsAsync(BotSettings settings, string tenant, CancellationToken cancel)
    {
        HashSet<string> found = new(StringComparer.Ordinal);
        try
        {
            IBlobStore? store = settings.StorageProvider is StorageProvider.AzureBlob ? AzureBlobStore.Open(settings) : OpenToRead(settings.StoragePath);
            if (store is null) return [];
            await using var closing = store as IAsyncDisposable;
            await foreach (var (note, _) in store.ListAsync(Keys.Opened(tenant), null, cancel))
            {
                var key = Keys.IncidentOf(note);
                if (await store.GetAsync(key, cancel) is { } blob && ConversationOf(key, blob) is { } conversation) found.Add(conversation);
            }
        }
        catch (Exception cause) when (cause is SettingException or StoreUnavailableException)
        {
            // the findings name it
        }

        return [.. found];
    }

    private static string? ConversationOf(string key, Blob blob)
    {
        try
        {
            return IncidentBlob.Read(key, blob.Content) is { IsOpen: true } incident ? incident.Home.Conversation : null;
        }
        catch (UnreadableIncidentException)
        {
            return null;
        }
    }

    private static (Finding Finding, IBlobStore? Store) Sqlite(string path)
    {
        var full = Path.GetFullPath(path);
        if (!FileAccessRights.MayWriteInto(Path.GetDirectoryName(full)!) || (File.Exists(full) && !FileAccessRights.MayWrite(full)))
        {
            return (Finding.Fail($"Storage:Path: {full} cannot be written; let this user write it and its folder, or name a file in a folder that the bot may write to."), null);
        }

        if (FileAccessRights.FreeAt(full) is var free && free < LeastFree)
        {
            return (Finding.Fail($"Storage:Path: {free / Megabyte} MB are free where {full} is, and nothing can be saved on a full disk; make room, {LeastFree / Megabyte} MB at least."), null);
        }

        return OpenToRead(path) is { } store ? (Finding.Ok($"Storage: {full} can be read and written."), store) : (Finding.Ok($"Storage: {full} is made at the start."), null);
    }

    /// <summary>A store in a file; null where there is none yet.</summary>
    private static SqliteBlobStore? OpenToRead(string path) => File.Exists(path) ? SqliteBlobStore.OpenToRead(path) : null;

    private static async Task<(Finding Finding, IBlobStore? Store)> AzureAsync(BotSettings settings, DateTimeOffset now, CancellationToken cancel)
    {
        var store = AzureBlobStore.Open(settings);
        var (isThere, clock) = await store.LookAsync(cancel);
        if (clock is { } there && (there - now).Duration() > MostSkew)
        {
            return (Finding.Fail(string.Create(CultureInfo.InvariantCulture, $"Storage: this machine's clock is {(now - there).TotalMinutes:0} minutes ahead of the account's, and keys are refused at 15; set the clock, or have NTP do it.")), null);
        }

        return isThere
            ? (Finding.Ok($"Storage: the container `{settings.StorageContainer}` can be reached."), store)
            : (Finding.Ok($"Storage: the container `{settings.StorageContainer}` is made at the start."), null);
    }

    private static async Task<Finding> DeadLettersAsync(IBlobStore store, CancellationToken cancel)
    {
        var count = await store.ListAsync(Keys.AllDead, null, cancel).CountAsync(cancel);
        return count == 0
            ? Finding.Ok("Dead letters: none.")
            : Finding.Fail($"Dead letters: {count} messages could not be delivered and were given up; `/8d status` in their conversations says why, and has a button that tries again.");
    }

    private static async Task<Finding> OverdueAsync(IBlobStore store, DateTimeOffset now, CancellationToken cancel)
    {
        var oldest = await store.ListAsync(Keys.Due, null, cancel).Select(marker => Keys.DueAt(marker.Key)).FirstOrDefaultAsync(at => at is not null, cancel);
        return oldest is { } at && now - at > Patience
            ? Finding.Fail(string.Create(CultureInfo.InvariantCulture, $"Deliveries: the oldest has been due since {at:yyyy-MM-dd HH:mm} UTC; start the bot, or see in its log why it cannot be delivered."))
            : Finding.Ok("Deliveries: nothing is overdue.");
    }

    private static async Task<Finding> ReadableAsync(IBlobStore store, CancellationToken cancel)
    {
        var (open, faults) = (0, new List<string>());
        await foreach (var (note, _) in store.ListAsync(Keys.AllOpened, null, cancel))
        {
            var key = Keys.IncidentOf(note);
            try
            {
                if (await store.GetAsync(key, cancel) is not { } blob) continue; // its start was never answered, or it has ended
                open++;
                IncidentBlob.Read(key, blob.Content);
            }
            catch (UnreadableIncidentException cause)
            {
                faults.Add(cause.Message);
            }
        }

        return faults.Count == 0
            ? Finding.Ok($"8Ds: {open} open, all can be read.")
            : Finding.Fail($"8Ds: {faults.Count} of {open} open ones cannot be read: {string.Join(' ', faults.Take(MostNamed))} Start the version that wrote them, or put them back from a back-up.");
    }
}
