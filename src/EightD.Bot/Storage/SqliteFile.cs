using EightD.Bot.Settings;
using Microsoft.Data.Sqlite;

namespace EightD.Bot.Storage;

/// <summary>One SQLite file and its lock: made when absent, served by one process. A file that cannot be used is a complaint about <c>Storage:Path</c>.</summary>
internal sealed class SqliteFile : IDisposable
{
    private const int SchemaVersion = 1;

    private readonly string connectionString;
    private readonly FileStream? claim;

    private SqliteFile(SqliteConnectionStringBuilder how, FileStream? claim = null)
    {
        this.claim = claim;
        (how.Pooling, how.DefaultTimeout) = (false, 10);
        connectionString = how.ToString();
    }

    /// <summary>Opens the file, with its folder and its table made where they are missing.</summary>
    /// <exception cref="SettingException">The file cannot be written, is no database, or is in use.</exception>
    public static SqliteFile Open(string path)
    {
        var full = Path.GetFullPath(path);
        var file = new SqliteFile(new() { DataSource = full }, Claim(full));
        try
        {
            using var connection = file.Connect("PRAGMA page_size = 16384; PRAGMA journal_mode = WAL"); // blobs of some 30 KB: fewer, larger pages
            Prepare(connection, path);
            return file;
        }
        catch (SqliteException cause)
        {
            file.Dispose();
            throw new SettingException("Storage:Path", Complaint(path, cause), cause);
        }
        catch (SettingException)
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Opens a file that is there, to look at it: beside the process that serves it, with no claim on it, and without making a file. Where no process has it
    /// open the log is empty, and the file is read as one that nobody changes; else SQLite would make the log's index to read it.
    /// </summary>
    /// <exception cref="SettingException">The file is no database of a bot of this version.</exception>
    public static SqliteFile OpenToRead(string path)
    {
        var full = Path.GetFullPath(path);
        var how = File.Exists(full + "-shm") ? "readonly_shm=1" : "immutable=1";
        var file = new SqliteFile(new() { DataSource = $"{new Uri(full).AbsoluteUri}?{how}", Mode = SqliteOpenMode.ReadOnly });
        try
        {
            using var connection = file.Connect("PRAGMA query_only = ON");
            CheckVersion(connection, path);
            return file;
        }
        catch (SqliteException cause)
        {
            throw new SettingException("Storage:Path", Complaint(path, cause), cause);
        }
    }

    /// <summary>A new connection to the file.</summary>
    /// <param name="pragmas">Statements that it begins with.</param>
    public SqliteConnection Connect(string pragmas)
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        Run(connection, pragmas);
        return connection;
    }

    /// <summary>Gives the file to the next process. The lock file stays: who deletes one can delete its successor's.</summary>
    public void Dispose() => claim?.Dispose();

    internal static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // only constants come here
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static FileStream Claim(string full)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            return new FileStream(full + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException cause) when (IsHeldByAnother(cause))
        {
            throw new SettingException("Storage:Path", $"{full} is in use by another 8D Bot; stop that one, or give this one a file of its own.", cause);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new SettingException("Storage:Path", $"{full} cannot be written ({cause.Message.TrimEnd('.')}); name a file in a folder that the bot may write to.", cause);
        }
    }

    /// <summary>EWOULDBLOCK on Linux and on macOS, a sharing violation on Windows.</summary>
    private static bool IsHeldByAnother(IOException cause) => cause.HResult is 11 or 35 or unchecked((int)0x80070020);

    private static string Complaint(string path, SqliteException cause) => cause.SqliteErrorCode == SQLitePCL.raw.SQLITE_NOTADB
        ? $"{path} is not a database of the 8D Bot; name another file."
        : $"{path} cannot be opened ({cause.Message.TrimEnd('.')}); name a file in a folder that the bot may write to.";

    private static void CheckVersion(SqliteConnection connection, string path)
    {
        using var version = connection.CreateCommand();
        version.CommandText = "PRAGMA user_version";
        if (version.ExecuteScalar() is long and > SchemaVersion)
        {
            throw new SettingException("Storage:Path", $"{path} was written by a newer 8D Bot; start that version, or name another file.");
        }
    }

    private static void Prepare(SqliteConnection connection, string path)
    {
        CheckVersion(connection, path);

        // A table with a row id: the index on the key stays small, so that keys are listed without touching the contents.
        Run(connection, $"""
            CREATE TABLE IF NOT EXISTS blob (key TEXT NOT NULL PRIMARY KEY COLLATE BINARY, content BLOB NOT NULL, etag INTEGER NOT NULL);
            PRAGMA user_version = {SchemaVersion};
            """);
    }
}
