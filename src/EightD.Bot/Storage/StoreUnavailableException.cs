namespace EightD.Bot.Storage;

/// <summary>The store could not read or write now (full disk, I/O error, shutting down). Nothing was changed; the request is answered 503.</summary>
internal sealed class StoreUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
