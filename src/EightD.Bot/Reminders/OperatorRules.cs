using System.Text;
using EightD.Bot.Settings;
using EightD.Bot.Storage;
using EightD.Incidents.Reminders;

namespace EightD.Bot.Reminders;

/// <summary>
/// When people are reminded, as the operator has it. Holidays that stand at an address are fetched at the start and once a day; while that fails those hold
/// that were fetched last, which the store keeps.
/// </summary>
internal sealed class OperatorRules(BotSettings settings, IBlobStore blobs, TimeProvider clock, ILogger<OperatorRules> log) : BackgroundService
{
    private const int MostBytes = 4 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5), Again = TimeSpan.FromHours(1), Good = TimeSpan.FromHours(23.5);

    private ReminderRules rules = settings.Reminders;
    private long? fetched;

    /// <summary>The rules where a workspace has none of its own.</summary>
    public ReminderRules Rules => Volatile.Read(ref rules);

    /// <summary>Fetches a calendar.</summary>
    /// <returns>Its text and its days, which are not none.</returns>
    /// <exception cref="IOException">It cannot be fetched, or read; the sentence says why, and not the address.</exception>
    public static async Task<(string Text, IReadOnlySet<DateOnly> Days)> FetchAsync(Uri address, DateTimeOffset now, CancellationToken cancel)
    {
        using HttpClient http = new(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { Timeout = Patience, MaxResponseContentBufferSize = MostBytes };
        try
        {
            var text = await http.GetStringAsync(address, cancel);
            return HolidayCalendar.Read(text, now) is { Count: > 0 } days ? (text, days) : throw new IOException($"{address.Host} has a calendar without holidays");
        }
        catch (Exception cause) when (cause is HttpRequestException or FormatException || (cause is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            var why = cause switch
            {
                HttpRequestException { StatusCode: { } status } => $"{address.Host} answered with status {(int)status}",
                FormatException => $"what {address.Host} has there is no iCalendar",
                _ => $"{address.Host} does not answer",
            };
            throw new IOException(why, cause);
        }
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.HolidaysAddress is { } address)
        {
            await TryFetchAsync(address, cancellationToken);
            if (fetched is null) await ReadKeptAsync(address, cancellationToken);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.HolidaysAddress is not { } address) return;
        try
        {
            using var timer = new PeriodicTimer(Again, clock);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (fetched is not { } at || clock.GetElapsedTime(at) >= Good) await TryFetchAsync(address, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the bot stops
        }
    }

    private async Task ReadKeptAsync(Uri address, CancellationToken cancel)
    {
        if (await blobs.GetAsync(Keys.Holidays(address), cancel) is { } kept) Take(HolidayCalendar.Read(Encoding.UTF8.GetString(kept.Content.Span), clock.GetUtcNow()));
    }

    private async Task TryFetchAsync(Uri address, CancellationToken cancel)
    {
        try
        {
            var (text, days) = await FetchAsync(address, clock.GetUtcNow(), cancel);
            Take(days);
            fetched = clock.GetTimestamp();
            await blobs.TryPutAsync(Keys.Holidays(address), Encoding.UTF8.GetBytes(text), PutIf.Any, cancel);
        }
        catch (Exception cause) when (cause is IOException or StoreUnavailableException)
        {
            log.HolidaysUnknown(cause.Message);
        }
    }

    private void Take(IReadOnlySet<DateOnly> days) => Volatile.Write(ref rules, settings.Reminders with { Calendar = settings.Reminders.Calendar with { Holidays = days } });
}

/// <summary>What is logged of holidays.</summary>
internal static partial class HolidayLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The holidays of Reminders:Holidays could not be fetched ({Why}); those fetched last hold, and they are asked for again within the hour.")]
    public static partial void HolidaysUnknown(this ILogger log, string why);
}
