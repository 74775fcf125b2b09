using EightD.Bot.Storage;

namespace EightD.Bot.Due;

/// <summary>A kind of thing that falls due. Each has a marker in the store, whose key ends with the kind's name.</summary>
internal interface IDueKind
{
    /// <summary>The last word of its markers' keys.</summary>
    string What { get; }

    /// <summary>Whether it is done at a platform's own pace, one after another in each tenant: nothing else that is due waits for it.</summary>
    bool IsPaced => false;

    /// <summary>
    /// Does what is due. Several processes may be asked at once: what it does is a turn whose request id is the marker's key, so that it happens once.
    /// </summary>
    /// <returns>Null: it is done, and the marker goes. Else when it is due; a time that is past leaves the marker where it is, a later one files it there.</returns>
    /// <exception cref="StoreUnavailableException">It is tried again with the next sweep.</exception>
    Task<DateTimeOffset?> TakeAsync(DueMarker marker, CancellationToken cancel);
}
