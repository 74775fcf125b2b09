using EightD.Bot.Due;
using EightD.Bot.Storage;

namespace EightD.Bot.Keeping;

/// <summary>Forgets of what people were reminded long ago.</summary>
internal sealed class OldDays(IBlobStore blobs) : IDueKind
{
    public string What => Retention.Day;

    public async Task<DateTimeOffset?> TakeAsync(DueMarker marker, CancellationToken cancel)
    {
        if (marker.Words is [var person, var day]) await blobs.DeleteAsync(Keys.DayOf(marker.Tenant, person, day), cancel);
        return null;
    }
}
