namespace EightD.Bot.Pages;

/// <summary>What <c>/</c> shows where the playground is off.</summary>
internal static class Home
{
    private const string Page = """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>8D Bot</title>
        <h1>8D Bot</h1>
        <p>This bot works through 8D problem-solving reports with a team, in the conversation where an incident is handled.</p>
        <p>There is nothing to do on this page. Whoever runs the bot finds the playground described under <code>Playground:Enabled</code>.</p>
        </html>
        """;

    public static WebApplication MapHome(this WebApplication app)
    {
        app.MapGet("/", () => Results.Content(Page, "text/html; charset=utf-8"));
        return app;
    }
}
