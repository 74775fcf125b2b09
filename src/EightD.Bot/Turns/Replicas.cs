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

    private readonly ConcurrentDictionary<string, (string ETag, long Since)> seen = new(StringComparer.Ordinal);
    private long shown = clock.GetTimestamp();

    /// <summary>This process.</summary>
    public string Own { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(5));

    /// <summary>Whether several processes may serve the store.</summary>
    public bool AreSeveral => blobs.IsShared;

    /// <summary>Whether this process delivers an effect.</summary>
    public bool IsOwn(PendingEffect pending) => !AreSeveral || pending.Claimant == Own;

    /// <summary>Whether others are sure to see that this process lives, so that it may deliver what it claimed.</summary>
    public bool IsSure => !AreSeveral || clock.GetElapsedTime(Volatile.Read(ref shown)) < Doubt;

    /// <summary>Whether a process lives, as far as it was seen; one that was never looked for does.</summary>
    public bool IsLive(string process) => process == Own || (AreSeveral && (!seen.TryGetValue(process, out var sign) || IsLive(sign)));

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
            seen.TryAdd(process, (await blobs.GetAsync(Keys.Alive(process), cancel))?.ETag is { } etag ? (etag, clock.GetTimestamp()) : Dead);
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
        Volatile.Write(ref shown, begun);
        var gone = seen.Keys.ToHashSet(StringComparer.Ordinal);
        await foreach (var (key, etag) in blobs.ListAsync(Keys.AllAlive, null, cancel))
        {
            var process = key[Keys.AllAlive.Length..];
            if (process == Own) continue;
            gone.Remove(process);
            var now = clock.GetTimestamp();
            var sign = seen.AddOrUpdate(process, (etag, now), (_, last) => last.ETag == etag ? last : (etag, now));
            if (clock.GetElapsedTime(sign.Since) > Burial) await blobs.DeleteAsync(key, cancel);
        }

        foreach (var process in gone) seen[process] = Dead;
    }

    /// <summary>This process ends: what it leaves need not wait.</summary>
    public ValueTask LeaveAsync(CancellationToken cancel) => AreSeveral ? blobs.DeleteAsync(Keys.Alive(Own), cancel) : ValueTask.CompletedTask;

    private static (string ETag, long Since) Dead => ("", long.MinValue);

    private bool IsLive((string ETag, long Since) sign) => sign.Since != long.MinValue && clock.GetElapsedTime(sign.Since) < Silence;
}
