namespace EightD.Bot.Storage;

/// <summary>
/// Where the bot keeps what it must not lose: bytes by key, each write durable before it returns, conditional on what stands there.
/// Adapters: SQLite (embedded), Azure Blob Storage. Knows no incident.
/// </summary>
internal interface IBlobStore
{
    /// <summary>Whether other processes write here too, so that what this one remembers may be out of date.</summary>
    bool IsShared { get; }

    /// <summary>The bytes of a key and their tag; null when there is none.</summary>
    ValueTask<Blob?> GetAsync(string key, CancellationToken cancel);

    /// <summary>Writes the bytes where <paramref name="condition"/> holds, durably. The new tag; null when it did not hold and nothing was written.</summary>
    ValueTask<string?> TryPutAsync(string key, ReadOnlyMemory<byte> content, PutIf condition, CancellationToken cancel);

    /// <summary>Removes a key; nothing when it is not there.</summary>
    ValueTask DeleteAsync(string key, CancellationToken cancel);

    /// <summary>The keys that begin with <paramref name="prefix"/>, in the order of their characters (all our keys are ASCII), read a page at a time as they are asked for.</summary>
    /// <param name="prefix">Which keys.</param>
    /// <param name="from">The first key wanted, itself included; null for the first there is.</param>
    /// <param name="cancel">Ends the listing.</param>
    IAsyncEnumerable<Listed> ListAsync(string prefix, string? from, CancellationToken cancel);
}

/// <summary>A key that is there, and the tag of what stands under it.</summary>
internal readonly record struct Listed(string Key, string ETag);

/// <summary>What stands under a key.</summary>
/// <param name="Content">The bytes.</param>
/// <param name="ETag">Changes with each write of the key.</param>
internal readonly record struct Blob(ReadOnlyMemory<byte> Content, string ETag);

/// <summary>On what a write depends.</summary>
/// <param name="ETag">The tag that must stand there; null: see <see cref="Absent"/>.</param>
/// <param name="MustBeAbsent">Whether the key must not be there yet.</param>
internal readonly record struct PutIf(string? ETag, bool MustBeAbsent)
{
    /// <summary>The key must not be there yet.</summary>
    public static PutIf Absent => new(null, MustBeAbsent: true);

    /// <summary>Whatever stands there is replaced.</summary>
    public static PutIf Any => new(null, MustBeAbsent: false);

    /// <summary>The key must hold what was read with this tag.</summary>
    public static PutIf Unchanged(string etag) => new(etag, MustBeAbsent: false);
}
