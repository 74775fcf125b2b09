using System.Globalization;
using EightD.Bot.Due;
using EightD.Bot.Storage;

namespace EightD.Bot.Keeping;

/// <summary>Deletes log entries that an 8D has not held itself for long enough.</summary>
internal sealed class OldHistory(IBlobStore blobs) : IDueKind
{
    public string What => Retention.History;

    public async Task<DateTimeOffset?> TakeAsync(DueMarker marker, CancellationToken cancel)
    {
        if (marker.Words is [var incident, var first] && long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) await blobs.DeleteAsync(Keys.History(marker.Tenant, incident, number), cancel);
        return null;
    }
}
