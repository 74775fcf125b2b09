using System.Globalization;
using EightD.Bot.Settings;
using EightD.Bot.Storage;
using EightD.Incidents;

namespace EightD.Bot.Keeping;

/// <summary>Notes when something has been kept for long enough (contract, <c>Storage:Keep</c>). Each note is found when it is due, so that nothing is looked through.</summary>
internal sealed class Retention(IBlobStore blobs, BotSettings settings, TimeProvider clock)
{
    /// <summary>The kind of the notes of log entries that an 8D no longer holds itself.</summary>
    public const string History = "history";

    /// <summary>The kind of the notes of what is kept of somebody's day.</summary>
    public const string Day = "day";

    /// <summary>The kind of the notes of cancelled drafts.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Log entries go to the history: they are deleted in time.</summary>
    public async ValueTask NoteHistoryAsync(Incident incident, LogEntry first, CancellationToken cancel) => await NoteAsync(incident, History, first.Number, cancel);

    /// <summary>A draft that was never published is cancelled: it is deleted in time, unless somebody opens it again.</summary>
    public async ValueTask NoteChangeAsync(Incident before, Incident after, CancellationToken cancel)
    {
        if (after is { Phase: Phase.Cancelled, Published: null } && before.Phase != Phase.Cancelled) await NoteAsync(after, Cancelled, after.Version, cancel);
    }

    /// <summary>Somebody was reminded on a day: that is forgotten in time.</summary>
    public async ValueTask NoteDayAsync(string tenant, string person, DateOnly day, CancellationToken cancel) =>
        await blobs.TryPutAsync(Keys.DueMarker(EndOf(clock.GetUtcNow()), tenant, [Keys.Named(person), day.ToString("yyyyMMdd", CultureInfo.InvariantCulture)], Day), default, PutIf.Any, cancel);

    /// <summary>When what happened then has been kept for long enough.</summary>
    public DateTimeOffset EndOf(DateTimeOffset then) => then + settings.StorageKeep;

    private async ValueTask NoteAsync(Incident incident, string what, long which, CancellationToken cancel) =>
        await blobs.TryPutAsync(Keys.DueMarker(EndOf(clock.GetUtcNow()), incident.Home.Tenant, [incident.Id, which.ToString(CultureInfo.InvariantCulture)], what), default, PutIf.Any, cancel);
}
