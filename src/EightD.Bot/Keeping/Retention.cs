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
    public ValueTask NoteHistoryAsync(Incident incident, LogEntry first, CancellationToken cancel) => NoteAsync(incident.Home.Tenant, incident.Id, Number(first.Number), History, cancel);

    /// <summary>A draft that was never published is cancelled: it is deleted in time, unless somebody opens it again.</summary>
    public async ValueTask NoteChangeAsync(Incident before, Incident after, CancellationToken cancel)
    {
        if (after is { Phase: Phase.Cancelled, Published: null } && before.Phase != Phase.Cancelled) await NoteAsync(after.Home.Tenant, after.Id, Number(after.Version), Cancelled, cancel);
    }

    /// <summary>Somebody was reminded on a day: that is forgotten in time.</summary>
    public ValueTask NoteDayAsync(string tenant, string person, DateOnly day, CancellationToken cancel) => NoteAsync(tenant, Keys.Named(person), Keys.WordOf(day), Day, cancel);

    /// <summary>When what happened then has been kept for long enough.</summary>
    public DateTimeOffset EndOf(DateTimeOffset then) => then + settings.StorageKeep;

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private async ValueTask NoteAsync(string tenant, string whose, string which, string what, CancellationToken cancel) =>
        await blobs.TryPutAsync(Keys.DueMarker(EndOf(clock.GetUtcNow()), tenant, [whose, which], what), default, PutIf.Any, cancel);
}
