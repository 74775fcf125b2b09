using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using EightD.Bot.Settings;
using Microsoft.Data.Sqlite;

namespace EightD.Bot.Storage;

/// <summary>The embedded store: one SQLite file, one process. The cost of a call does not depend on how many keys there are.</summary>
internal sealed class SqliteBlobStore : IBlobStore, IAsyncDisposable
{
    private readonly SqliteFile file;
    private readonly SqliteWriter? writer;
    private readonly ConcurrentBag<SqliteReader> idle = [];
    private volatile bool closed;

    private SqliteBlobStore(SqliteFile file, SqliteWriter? writer) => (this.file, this.writer) = (file, writer);

    /// <summary>Opens the store; makes folder and file where they are missing.</summary>
    /// <param name="path">The file, under the current directory unless it is rooted.</param>
    /// <exception cref="SettingException">The file cannot be written, is no database, or is in use by another process.</exception>
    public static SqliteBlobStore Open(string path)
    {
        var opened = SqliteFile.Open(path);
        return new(opened, new SqliteWriter(opened));
    }

    /// <summary>Opens a store that is there, to look at it, also beside the process that serves it. It takes no write, and makes no file.</summary>
    /// <exception cref="SettingException">The file cannot be read, or is no database of a bot of this version.</exception>
    public static SqliteBlobStore OpenToRead(string path) => new(SqliteFile.OpenToRead(path), writer: null);

    /// <inheritdoc/>
    public bool IsShared => false;

    /// <inheritdoc/>
    public ValueTask<Blob?> GetAsync(string key, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(reader => reader.Get(key)));
    }

    /// <inheritdoc/>
    public ValueTask<string?> TryPutAsync(string key, ReadOnlyMemory<byte> content, PutIf condition, CancellationToken cancel) =>
        Writer.WriteAsync(key, content, condition, cancel);

    /// <inheritdoc/>
    public async ValueTask DeleteAsync(string key, CancellationToken cancel) =>
        await Writer.WriteAsync(key, content: null, PutIf.Any, cancel);

    /// <inheritdoc/>
    public async IAsyncEnumerable<Listed> ListAsync(string prefix, string? from, [EnumeratorCancellation] CancellationToken cancel)
    {
        var next = from is null || string.CompareOrdinal(from, prefix) < 0 ? prefix : from;
        string? last = null;
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var page = Read(reader => reader.List(prefix, next)); // no snapshot stays open while the caller works
            foreach (var listed in page)
            {
                if (listed.Key != last) yield return listed;
            }

            if (page.Count < SqliteReader.PageSize) yield break;
            next = last = page[^1].Key;
            await Task.Yield();
        }
    }

    /// <summary>Finishes the writes that were accepted, then closes the file and gives up its lock.</summary>
    public async ValueTask DisposeAsync()
    {
        closed = true;
        while (idle.TryTake(out var reader)) reader.Dispose();
        if (writer is not null) await writer.DisposeAsync();
        file.Dispose();
    }

    private SqliteWriter Writer => writer ?? throw new StoreUnavailableException("The store is open to be read alone.");

    private T Read<T>(Func<SqliteReader, T> read)
    {
        if (closed) throw new StoreUnavailableException("The store is closing; try again in a moment.");
        SqliteReader? reader = null;
        try
        {
            if (!idle.TryTake(out reader)) reader = new SqliteReader(file);
            var found = read(reader);
            idle.Add(reader);
            return found;
        }
        catch (SqliteException cause)
        {
            reader?.Dispose(); // a fresh one next time
            throw new StoreUnavailableException($"The store could not be read: {cause.Message}", cause);
        }
    }
}
