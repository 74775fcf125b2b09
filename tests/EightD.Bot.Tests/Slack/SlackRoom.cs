using System.Globalization;
using EightD.Bot.Tests.Publishing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace EightD.Bot.Tests.Slack;

/// <summary>A bot in a stand-in Slack, both with a clock that stands until a test moves it; a channel of it, and the people in that.</summary>
internal sealed class SlackRoom : IAsyncDisposable
{
    public const string SigningSecret = "signing-secret";

    /// <summary>The channel that an incident is handled in, and a private one.</summary>
    public const string Ops = "C0001", Secret = "C0002";

    private readonly TempFolder folder;
    private readonly Func<Task<WebApplication>> start;
    private WebApplication app;

    private SlackRoom(TempFolder folder, Func<Task<WebApplication>> start, WebApplication app, FakeTimeProvider clock, SlackStandIn slack, SlackPeople people) =>
        (this.folder, this.start, this.app, Clock, Slack, People) = (folder, start, app, clock, slack, people);

    /// <summary>A part of the running bot.</summary>
    public T Part<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    public FakeTimeProvider Clock { get; }

    public SlackStandIn Slack { get; }

    public SlackPeople People { get; private set; }

    /// <summary>Where the bot listens.</summary>
    public Uri Address => new(app.Urls.First());

    /// <summary>The report repository, bare.</summary>
    public string Repository => folder["data/reports.git"];

    public static async Task<SlackRoom> OpenAsync(string at = "2024-12-20 09:15", bool overSocket = false, Action<SlackStandIn>? prepare = null, Action<WebApplicationBuilder>? adjust = null, TempFolder? kept = null, params string[] settings)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse(at + "Z", CultureInfo.InvariantCulture));
        var slack = await SlackStandIn.StartAsync(clock);
        slack.AddUser("U0001", "ana", "Ana");
        slack.AddUser("U0002", "maria", "Maria Garcia");
        slack.AddUser("U0003", "alex", "Alex Chen");
        slack.AddChannel(Ops, "ops", ["U0001", "U0002", "U0003"]);
        slack.AddChannel(Secret, "secret", ["U0001"], isPrivate: true);
        prepare?.Invoke(slack);
        var data = kept ?? new TempFolder();
        string[] args =
        [
            "--urls=http://127.0.0.1:0", "--Playground:Enabled=false", $"--Storage:Path={data["data/eightd.db"]}", $"--Git:Remote={data["data/reports.git"]}", "--Logging:LogLevel:Default=Error",
            $"--Slack:ApiUrl={slack.ApiUrl}", $"--Slack:BotToken={slack.Home.BotToken}", overSocket ? $"--Slack:AppToken={SlackStandIn.AppToken}" : $"--Slack:SigningSecret={SigningSecret}", .. settings,
        ];
        Task<WebApplication> StartAsync() => Serve.StartAsync(args, builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
            adjust?.Invoke(builder);
        });
        var started = await StartAsync();
        if (overSocket) await Conversations.People.UntilAsync(() => Task.FromResult(slack.Socket.Open.Count > 0), "a socket is open");
        var people = new SlackPeople(slack, new(started.Urls.First()), SigningSecret);
        return new(data, StartAsync, started, clock, slack, overSocket ? people.OverTheSocket() : people);
    }

    /// <summary>Stops the bot and starts it on the same data.</summary>
    public async Task RestartAsync()
    {
        var isOverSocket = People.Delivery.IsOverSocket;
        await app.StopAsync();
        await app.DisposeAsync();
        People.Dispose();
        app = await start();
        People = new(Slack, Address, SigningSecret);
        if (isOverSocket) People = People.OverTheSocket();
    }

    /// <summary>Ana starts an 8D, and is asked.</summary>
    /// <returns>The question.</returns>
    public async Task<SlackMessage> Starts()
    {
        await People.Commands("ana", "ops", "/8d start Checkout is down");
        return await IsAsked("D0: Problem discovered");
    }

    /// <summary>The card of the channel's 8D.</summary>
    public Task<SlackMessage> CardAsync(string channel = Ops, string seenBy = "ana") => People.WaitsFor(seenBy, channel, message => message is { BotId: not null, ThreadTs: null, IsEphemeral: false, Buttons.Count: > 0 }, "the card");

    /// <summary>The question that stands.</summary>
    public Task<SlackMessage> IsAsked(string title, string channel = Ops) =>
        People.WaitsFor("ana", channel, message => message.ThreadTs is not null && message.Buttons.Any(button => button.Label == "Skip") && message.Shown.Contains(title, StringComparison.Ordinal), $"the question {title}");

    /// <summary>What somebody is told alone.</summary>
    public Task<SlackMessage> IsTold(string user, string words, string channel = Ops) =>
        People.WaitsFor(user, channel, message => message.IsEphemeral && message.Shown.Contains(words, StringComparison.Ordinal), $"{user} is told: {words}");

    /// <summary>Replies in the thread of the card, and lets the pause after an answer pass.</summary>
    public async Task<SlackPosted> Answers(string user, string text, string channel = Ops)
    {
        var posted = await People.Posts(user, channel, text, (await CardAsync(channel)).Ts);
        Clock.Advance(TimeSpan.FromSeconds(3));
        return posted;
    }

    /// <summary>Publishes the report, and waits until it is in Git as it stands.</summary>
    public async Task Publishes(string user, string channel = Ops)
    {
        var before = await CommitsAsync();
        await People.Commands(user, channel, "/8d publish");
        await Conversations.People.UntilAsync(async () => await CommitsAsync() > before, "it is committed");
    }

    /// <summary>A report as it is in Git.</summary>
    public Task<string> ReportAsync(string file) => Task.FromResult(GitHere.Read(Repository, $"docs/8d/{file}"));

    private Task<int> CommitsAsync() => Task.FromResult(int.Parse(GitHere.Run(Repository, "rev-list", "--count", "--all"), CultureInfo.InvariantCulture));

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        People.Dispose();
        await Slack.DisposeAsync();
        folder.Dispose();
        Slack.AssertNoComplaints();
        Assert.Empty(await (await TestContext.Current.GetFixture<SlackTypes>())!.ComplaintsAsync(Slack.Shapes));
    }
}
