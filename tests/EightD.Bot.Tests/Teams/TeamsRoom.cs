using System.Globalization;
using System.Text;
using EightD.Bot.Tests.Publishing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace EightD.Bot.Tests.Teams;

/// <summary>A bot, a stand-in Teams, and people in it.</summary>
internal sealed class TeamsRoom : IAsyncDisposable
{
    public const string Team = "19:team@thread.tacv2", Ops = "19:ops@thread.tacv2", Secret = "19:secret@thread.tacv2", Group = "19:group@thread.v2", AnasChat = "a:ana";

    private readonly TempFolder folder;
    private readonly Func<Task<WebApplication>> start;
    private WebApplication app;

    private TeamsRoom(TempFolder folder, Func<Task<WebApplication>> start, WebApplication app, FakeTimeProvider clock, TeamsStandIn teams)
    {
        (this.folder, this.start, this.app, Clock, Teams) = (folder, start, app, clock, teams);
        People = new(teams, Address, clock);
    }

    public FakeTimeProvider Clock { get; }

    public TeamsStandIn Teams { get; }

    public TeamsPeople People { get; private set; }

    public Uri Address => new(app.Urls.First());

    public string Repository => folder["data/reports.git"];

    public T Part<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    public static async Task<TeamsRoom> OpenAsync(string at = "2024-12-20 09:15", Action<TeamsStandIn>? prepare = null, Action<WebApplicationBuilder>? adjust = null, TempFolder? kept = null, params string[] settings)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse(at + "Z", CultureInfo.InvariantCulture));
        var teams = await TeamsStandIn.StartAsync(clock);
        prepare?.Invoke(teams);
        var data = kept ?? new TempFolder();
        string[] args =
        [
            "--urls=http://127.0.0.1:0", "--Playground:Enabled=false", $"--Storage:Path={data["data/eightd.db"]}", $"--Git:Remote={data["data/reports.git"]}", "--Logging:LogLevel:Default=Error",
            $"--Teams:AppId={TeamsStandIn.AppId}", $"--Teams:TenantId={TeamsStandIn.Tenant}", "--Teams:Credential=ClientSecret", "--Teams:ClientSecret=client-secret",
            $"--Teams:OpenIdMetadata={teams.Address}v1/.well-known/openidconfiguration", $"--Teams:Authority={teams.Address}", .. settings,
        ];
        Task<WebApplication> StartAsync() => Serve.StartAsync(args, builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
            adjust?.Invoke(builder);
        });
        return new(data, StartAsync, await StartAsync(), clock, teams);
    }

    /// <summary>Stops the bot and starts it on the same data.</summary>
    public async Task RestartAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        People.Dispose();
        app = await start();
        People = new(Teams, Address, Clock);
    }

    /// <summary>Ana starts an 8D in a post of the channel, and is asked.</summary>
    /// <returns>The post's id.</returns>
    public async Task<string> Starts(string conversation = Ops)
    {
        var (post, answer) = await People.Mentions("ana", "start Checkout is down", conversation);
        Assert.Equal(200, answer.Status);
        await IsAsked("D0: Problem discovered", conversation);
        return post;
    }

    /// <summary>The card of a conversation's 8D.</summary>
    public Task<TeamsShown> CardAsync(string conversation = Ops) => People.WaitsFor(conversation, message => message.To is null && message.Buttons.Any(button => button.Label == "Preview"), "the card");

    /// <summary>The question that stands.</summary>
    public Task<TeamsShown> IsAsked(string title, string conversation = Ops) =>
        People.WaitsFor(conversation, message => message.To is null && message.Buttons.Any(button => button.Label == "Skip") && message.Shown.Contains(title, StringComparison.Ordinal), $"the question {title}");

    /// <summary>What somebody is told alone.</summary>
    public Task<TeamsShown> IsTold(string user, string words, string conversation = Ops) =>
        People.WaitsFor(conversation, message => message.To == $"29:{user}" && message.Shown.Contains(words, StringComparison.Ordinal), $"{user} is told: {words}");

    /// <summary>Answers in a thread by a mention, and lets the pause after an answer pass.</summary>
    public async Task Answers(string user, string text, string post, string conversation = Ops)
    {
        Assert.Equal(200, (await People.Mentions(user, text, conversation, post)).Answer.Status);
        Clock.Advance(TimeSpan.FromSeconds(3));
    }

    /// <summary>Publishes the report, and waits until it is in Git as it stands.</summary>
    public async Task Publishes(string user, string conversation = Ops, string? post = null)
    {
        var before = Commits();
        if (conversation == AnasChat) await People.Says(user, "publish", conversation);
        else await People.Mentions(user, "publish", conversation, post);
        await Conversations.People.UntilAsync(() => Task.FromResult(Commits() > before), "it is committed");
    }

    /// <summary>Somebody presses for the report's file, and gets it: in a chat of their own Teams asks first, elsewhere a link leads to it.</summary>
    public async Task<string> HandedOverAsync(string user, TeamsShown report)
    {
        await People.Presses(user, report, "Download the report");
        if (report.Conversation != AnasChat)
        {
            var offer = await IsTold(user, "is behind these buttons", report.Conversation.Split(';')[0]);
            using var http = new HttpClient();
            return await http.GetStringAsync(offer.Buttons.Single(button => button.Label == "Download the report").Action.GetProperty("url").GetString()!, Conversations.People.Cancel);
        }

        var asked = await People.WaitsFor(AnasChat, message => message.Asks is not null, "Teams asks");
        Assert.Equal(200, (await People.Consents(user, asked)).Status);
        return Encoding.UTF8.GetString(Teams.Uploaded.Single());
    }

    /// <summary>A report as it is in Git.</summary>
    public string Report(string file = "0001-checkout-is-down.md") => GitHere.Read(Repository, $"docs/8d/{file}");

    private int Commits() => int.Parse(GitHere.Run(Repository, "rev-list", "--count", "--all"), CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        People.Dispose();
        await Teams.DisposeAsync();
        folder.Dispose();
        Assert.Empty(Teams.Complaints);
        Assert.Empty(await (await TestContext.Current.GetFixture<TeamsCards>())!.ComplaintsAsync([.. Teams.Cards]));
    }
}
