using Microsoft.Data.Sqlite;

namespace EightD.Bot.Storage;

/// <summary>A connection that reads, with its statements prepared; used by one thread at a time. Sees all that was committed before the call.</summary>
internal sealed class SqliteReader : IDisposable
{
    /// <summary>Keys in a page of a listing.</summary>
    public const int PageSize = 500;

    private readonly SqliteConnection connection;
    private readonly SqliteCommand get, list;

    public SqliteReader(SqliteFile file)
    {
        connection = file.Connect("PRAGMA query_only = ON; PRAGMA cache_size = -256");
        get = connection.CreateCommand();
        get.CommandText = "SELECT content, etag FROM blob WHERE key = $key";
        get.Parameters.Add(new SqliteParameter("$key", ""));
        list = connection.CreateCommand();
        list.CommandText = "SELECT key, etag FROM blob WHERE key >= $from ORDER BY key LIMIT $limit";
        list.Parameters.Add(new SqliteParameter("$from", ""));
        list.Parameters.Add(new SqliteParameter("$limit", PageSize));
        get.Prepare();
        list.Prepare();
    }

    /// <summary>What stands under the key; null when there is nothing.</summary>
    public Blob? Get(string key)
    {
        get.Parameters[0].Value = key;
        using var rows = get.ExecuteReader();
        return rows.Read() ? new Blob(rows.GetFieldValue<byte[]>(0), SqliteTag.Write(rows.GetInt64(1))) : null;
    }

    /// <summary>At most <see cref="PageSize"/> keys that begin with the prefix, from the given one on; fewer only where there are no more.</summary>
    public List<Listed> List(string prefix, string from)
    {
        list.Parameters[0].Value = from;
        using var rows = list.ExecuteReader();
        List<Listed> keys = [];
        while (rows.Read() && rows.GetString(0) is var key && key.StartsWith(prefix, StringComparison.Ordinal)) keys.Add(new(key, SqliteTag.Write(rows.GetInt64(1))));
        return keys;
    }

    public void Dispose()
    {
        get.Dispose();
        list.Dispose();
        connection.Dispose();
    }
}
