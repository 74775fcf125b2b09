using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EightD.Bot.Storage;

/// <summary>
/// A statement that writes a blob: key, content, tag and, where it has a fourth parameter, the tag that must stand there. The content is bound straight
/// from the caller's memory, where the provider's parameters would take a copy of exactly its length.
/// </summary>
internal sealed class SqlitePut : IDisposable
{
    private readonly sqlite3 file;
    private readonly sqlite3_stmt statement;

    public SqlitePut(SqliteConnection connection, string sql)
    {
        file = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(file, sql, out statement), file);
    }

    /// <summary>Whether a row was written.</summary>
    /// <exception cref="SqliteException">SQLite could not.</exception>
    public bool Run(string key, ReadOnlySpan<byte> content, long tag, long? expected)
    {
        try
        {
            raw.sqlite3_bind_text(statement, 1, key);
            if (content.IsEmpty) raw.sqlite3_bind_zeroblob(statement, 2, 0);
            else raw.sqlite3_bind_blob(statement, 2, content);
            raw.sqlite3_bind_int64(statement, 3, tag);
            if (expected is { } stands) raw.sqlite3_bind_int64(statement, 4, stands);
            var result = raw.sqlite3_step(statement);
            if (result != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(result, file);
            return raw.sqlite3_changes(file) == 1;
        }
        finally
        {
            raw.sqlite3_reset(statement);
            raw.sqlite3_clear_bindings(statement);
        }
    }

    public void Dispose() => statement.Dispose();
}
