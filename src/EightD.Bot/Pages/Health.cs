using EightD.Bot.Storage;

namespace EightD.Bot.Pages;

/// <summary>Whether the bot is alive, and whether it can serve.</summary>
internal static class Health
{
    /// <summary>A storage that takes longer than this to read one key cannot be served from.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary><c>/healthz</c>: alive. <c>/readyz</c>: the storage answers; 503 where it does not.</summary>
    public static WebApplication MapHealth(this WebApplication app)
    {
        app.MapGet("/healthz", () => Results.Text("alive\n"));
        app.MapGet("/readyz", async (IBlobStore blobs, CancellationToken cancel) =>
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            patience.CancelAfter(Patience);
            try
            {
                await blobs.GetAsync(Keys.Number("ready"), patience.Token);
                return Results.Text("ready\n");
            }
            catch (Exception cause) when (cause is StoreUnavailableException || (cause is OperationCanceledException && !cancel.IsCancellationRequested))
            {
                return Results.Text("The storage cannot be reached.\n", statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        });
        return app;
    }
}
