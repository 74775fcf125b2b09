using EightD.Bot.Storage;

namespace EightD.Bot.Pages;

/// <summary>Whether the bot is alive, and whether it can serve.</summary>
internal static class Health
{
    /// <summary><c>/healthz</c>: alive. <c>/readyz</c>: the storage answers; 503 where it does not.</summary>
    public static WebApplication MapHealth(this WebApplication app)
    {
        app.MapGet("/healthz", () => Results.Text("alive\n"));
        app.MapGet("/readyz", async (IBlobStore blobs, CancellationToken cancel) =>
        {
            try
            {
                await blobs.GetAsync(Keys.Number("ready"), cancel);
                return Results.Text("ready\n");
            }
            catch (StoreUnavailableException)
            {
                return Results.Text("The storage cannot be reached.\n", statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        });
        return app;
    }
}
