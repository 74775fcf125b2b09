using System.Security.Cryptography;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace EightD.Bot.Storage;

/// <summary>
/// The one writer of a file. All writes that wait when it is free go into one transaction, in the order in which they came, and are answered
/// after its commit: so the cost of making data durable is shared by all who wait for it.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    /// <summary>Bytes after which a transaction takes no further write: bounds its time and memory.</summary>
    private const int LargestBatch = 16 * 1024 * 1024;

    private readonly Channel<Write> waiting = Channel.CreateUnbounded<Write>(new() { SingleReader = true });
    private readonly SqliteConnection connection;
    private readonly SqliteCommand begin, commit, rollback, delete;
    private readonly SqlitePut put, create, replace;
    private readonly Task running;
    private long lastTag = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)); // no process gives a tag that an earlier one gave

    public SqliteWriter(SqliteFile file)
    {
        connection = file.Connect("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -8000");
        begin = Prepare("BEGIN IMMEDIATE");
        commit = Prepare("COMMIT");
        rollback = Prepare("ROLLBACK");
        put = new(connection, "INSERT INTO blob (key, content, etag) VALUES (?1, ?2, ?3) ON CONFLICT (key) DO UPDATE SET content = excluded.content, etag = excluded.etag");
        create = new(connection, "INSERT INTO blob (key, content, etag) VALUES (?1, ?2, ?3) ON CONFLICT (key) DO NOTHING");
        replace = new(connection, "UPDATE blob SET content = ?2, etag = ?3 WHERE key = ?1 AND etag = ?4");
        delete = Prepare("DELETE FROM blob WHERE key = $key", "$key");
        running = Task.Run(RunAsync);
    }

    /// <summary>Writes, or removes where <paramref name="content"/> is null. The new tag; null when the condition did not hold. Cancels only while it waits.</summary>
    /// <exception cref="StoreUnavailableException">Nothing was written.</exception>
    public async ValueTask<string?> WriteAsync(string key, ReadOnlyMemory<byte>? content, PutIf condition, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var write = new Write(key, content, condition, cancel);
        return waiting.Writer.TryWrite(write)
            ? await write.Done.Task
            : throw new StoreUnavailableException("The store is closing; try again in a moment.");
    }

    /// <summary>Finishes what waits, moves the log into the file, and closes it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!waiting.Writer.TryComplete()) return;
        await running;
        foreach (var command in (SqliteCommand[])[begin, commit, rollback, delete]) await command.DisposeAsync();
        foreach (var statement in (SqlitePut[])[put, create, replace]) statement.Dispose();
        try
        {
            SqliteFile.Run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException)
        {
            // a full disk: everything is safe in the log, which the next start reads
        }

        await connection.DisposeAsync();
    }

    private async Task RunAsync()
    {
        List<Write> batch = [];
        while (await waiting.Reader.WaitToReadAsync())
        {
            Take(batch);
            Commit(batch);
            batch.Clear();
        }
    }

    private void Take(List<Write> batch)
    {
        for (var bytes = 0; bytes < LargestBatch && waiting.Reader.TryRead(out var write); bytes += write.Content?.Length ?? 0)
        {
            if (write.Cancel.IsCancellationRequested) write.Done.TrySetCanceled(write.Cancel);
            else batch.Add(write);
        }
    }

    private void Commit(List<Write> batch)
    {
        if (batch.Count == 0) return;
        try
        {
            begin.ExecuteNonQuery();
            foreach (var write in batch) write.Tag = Apply(write);
            commit.ExecuteNonQuery();
        }
        catch (Exception cause) when (cause is SqliteException or InvalidOperationException)
        {
            Undo();
            foreach (var write in batch) write.Done.SetException(new StoreUnavailableException($"The store could not write: {cause.Message}", cause));
            return;
        }

        foreach (var write in batch) write.Done.SetResult(write.Tag);
    }

    private void Undo()
    {
        try
        {
            rollback.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // SQLite had rolled it back by itself, as it does where the disk is full
        }
    }

    private string? Apply(Write write)
    {
        if (write.Content is not { } content)
        {
            delete.Parameters[0].Value = write.Key;
            delete.ExecuteNonQuery();
            return null;
        }

        var (statement, tag) = write.Condition switch { { MustBeAbsent: true } => (create, null), { ETag: { } etag } => (replace, etag), _ => (put, null) };
        long? expected = null;
        if (tag is not null)
        {
            if (!SqliteTag.TryRead(tag, out var read)) return null;
            expected = read;
        }

        return statement.Run(write.Key, content.Span, unchecked(++lastTag), expected) ? SqliteTag.Write(lastTag) : null;
    }

    private SqliteCommand Prepare(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // only the constants above come here
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var name in parameters) command.Parameters.Add(new SqliteParameter(name, DBNull.Value));
        command.Prepare();
        return command;
    }

    private sealed record Write(string Key, ReadOnlyMemory<byte>? Content, PutIf Condition, CancellationToken Cancel)
    {
        public TaskCompletionSource<string?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string? Tag { get; set; }
    }
}
