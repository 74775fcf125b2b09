using System.Collections.Concurrent;
using System.Security.Cryptography;
using EightD.Bot.Storage;
using EightD.Incidents;

namespace EightD.Bot.Turns;

/// <summary>
/// The processes that serve one store, none of which leads. Each shows that it lives by writing a blob of its own again and again; one whose blob stands
/// still, by the watch of whoever looks, is dead, and what it had claimed is anybody's. No two clocks are compared.
/// </summary>
internal sealed class Replicas(IBlobStore blobs, TimeProvider clock)
{
    /// <summary>How often a process shows that it lives.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(4);

    /// <summary>After how long without a sign a process is dead.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);

    /// <summary>After how long without a sign of its own a process delivers nothing, since others may take it for dead.</summary>
    private static readonly TimeSpan Doubt = TimeSpan.FromSeconds(12);

    /// <summary>After how long the blob of a dead process goes.</summary>
    private static readonly TimeSpan Burial = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Sign> seen = new(StringComparer.Ordinal);
    private long shown = clock.GetTimestamp();
    private int silences;

    /// <summary>This process.</summary>
    public string Own { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(5));

    /// <summary>Whether several processes may serve the store.</summary>
    public bool AreSeveral => blobs.IsShared;

    /// <summary>Whether this process delivers an effect.</summary>
    public bool IsOwn(PendingEffect pending) => !AreSeveral || pending.Claimant == Own;

    /// <summary>Whether others are sure to see that this process lives, so that it may deliver what it claimed.</summary>
    public bool IsSure => !AreSeveral || clock.GetElapsedTime(Volatile.Read(ref shown)) < Doubt;

    /// <summary>How often this process was silent for so long that others may have taken over what it had marked.</summary>
    public int Silences => Volatile.Read(ref silences);

    /// <summary>Whether a process lives, as far as it was seen; one that was never looked for does.</summary>
    public bool IsLive(string process) => process == Own || (AreSeveral && (!seen.TryGetValue(process, out var sign) || !IsSilent(sign)));

    /// <summary>Looks for those processes of a busy 8D that were never seen.</summary>
    public async ValueTask LookForAsync(IEnumerable<PendingEffect> outbox, CancellationToken cancel)
    {
        if (!AreSeveral) return;
        foreach (var pending in outbox)
        {
            if (pending.Claimant is { } process && process != Own && !seen.ContainsKey(process)) await LookForAsync(process, cancel);
        }
    }

    /// <summary>Looks for one process that was never seen; whether it lives.</summary>
    public async ValueTask<bool> LookForAsync(string process, CancellationToken cancel)
    {
        if (AreSeveral && process != Own && !seen.ContainsKey(process))
        {
            seen.TryAdd(process, (await blobs.GetAsync(Keys.Alive(process), cancel))?.ETag is { } etag ? Now(etag) : Sign.Gone);
        }

        return IsLive(process);
    }

    /// <summary>Shows that this process lives, and looks which others do.</summary>
    /// <exception cref="StoreUnavailableException">It could not be shown.</exception>
    public async Task ShowAsync(CancellationToken cancel)
    {
        if (!AreSeveral) return;
        var begun = clock.GetTimestamp();
        await blobs.TryPutAsync(Keys.Alive(Own), default, PutIf.Any, cancel);
        if (clock.GetElapsedTime(Volatile.Read(ref shown), begun) > Doubt) Interlocked.Increment(ref silences);
        Volatile.Write(ref shown, begun);
        var gone = seen.Keys.ToHashSet(StringComparer.Ordinal);
        await foreach (var (key, etag) in blobs.ListAsync(Keys.AllAlive, null, cancel))
        {
            var process = key[Keys.AllAlive.Length..];
            if (process == Own) continue;
            gone.Remove(process);
            var now = Now(etag);
            var sign = seen.AddOrUpdate(process, now, (_, last) => last.ETag == etag ? last with { Looked = now.Looked } : now);
            if (clock.GetElapsedTime(sign.Since) > Burial) await blobs.DeleteAsync(key, cancel);
        }

        foreach (var process in gone) seen[process] = Sign.Gone;
    }

    /// <summary>Whether any process serves a store: one shows it while it is looked. At once where none ever did, or all of them left.</summary>
    public static async Task<bool> AnyLivesAsync(IBlobStore blobs, TimeProvider clock, CancellationToken cancel)
    {
        async Task<List<Listed>> SignsAsync() => await blobs.ListAsync(Keys.AllAlive, null, cancel).ToListAsync(cancel);

        var first = await SignsAsync();
        for (var begun = clock.GetTimestamp(); first.Count > 0 && clock.GetElapsedTime(begun) < Silence;)
        {
            await Task.Delay(Beat, clock, cancel);
            if ((await SignsAsync()).Except(first).Any()) return true;
        }

        return false;
    }

    /// <summary>This process ends: what it leaves need not wait.</summary>
    public ValueTask LeaveAsync(CancellationToken cancel) => AreSeveral ? blobs.DeleteAsync(Keys.Alive(Own), cancel) : ValueTask.CompletedTask;

    /// <summary>What was not looked at for a while may have changed meanwhile: silence is what was seen.</summary>
    private bool IsSilent(Sign sign) => sign == Sign.Gone || clock.GetElapsedTime(sign.Since, sign.Looked) >= Silence;

    private Sign Now(string etag)
    {
        var now = clock.GetTimestamp();
        return new(etag, now, now);
    }

    /// <summary>What was seen of a process.</summary>
    /// <param name="ETag">Of its blob.</param>
    /// <param name="Since">When it was seen first as it is now, by this process's watch.</param>
    /// <param name="Looked">When it was looked at last.</param>
    private sealed record Sign(string ETag, long Since, long Looked)
    {
        public static readonly Sign Gone = new("", 0, 0);
    }
}
