using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace EightD.Bot.Tests.Reminders;

/// <summary>Somebody's calendar at an address on loopback.</summary>
internal sealed class CalendarServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private int asked;

    private CalendarServer(string calendar)
    {
        Calendar = calendar;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/team.ics", () =>
        {
            Interlocked.Increment(ref asked);
            return Calendar;
        });
    }

    /// <summary>What it has.</summary>
    public string Calendar { get; set; }

    /// <summary>How often it was asked.</summary>
    public int Asked => Volatile.Read(ref asked);

    public Uri Address => new(new Uri(app.Urls.First()), "/team.ics");

    public static async Task<CalendarServer> StartAsync(string calendar)
    {
        CalendarServer server = new(calendar);
        await server.app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
