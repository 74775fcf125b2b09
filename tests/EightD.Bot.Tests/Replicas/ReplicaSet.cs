using EightD.Bot.Tests.Conversations;
using EightD.Bot.Tests.Processes;

namespace EightD.Bot.Tests.Replicas;

/// <summary>Processes of the bot, each in a folder of its own, that share one report repository and, where the settings say so, one store.</summary>
internal sealed class ReplicaSet : IDisposable
{
    private const int LongestOutput = 2000;

    private readonly TempFolder folder = new();
    private readonly List<(BotProcess Bot, string[] Settings)> replicas = [];

    private ReplicaSet()
    {
    }

    /// <summary>The report repository, bare.</summary>
    public string Repository => folder["reports.git"];

    public int Count => replicas.Count;

    public BotProcess this[int index] => replicas[index].Bot;

    /// <summary>Whoever is served by the one whose turn it is.</summary>
    public People People(int turn) => this[turn % Count].People;

    /// <summary>Starts some at once, all with the same settings.</summary>
    public static Task<ReplicaSet> StartAsync(int count, params string[] settings) => StartAsync(Enumerable.Repeat(settings, count));

    /// <summary>Starts them at once, each with its own settings.</summary>
    public static async Task<ReplicaSet> StartAsync(IEnumerable<string[]> settings)
    {
        var set = new ReplicaSet();
        try
        {
            var all = settings.ToList();
            var bots = await Task.WhenAll(all.Select((own, index) => set.ServeAsync(AppContext.BaseDirectory, index, own)));
            set.replicas.AddRange(bots.Zip(all));
            return set;
        }
        catch
        {
            set.Dispose();
            throw;
        }
    }

    /// <summary>Starts one more.</summary>
    /// <param name="settings">Its settings.</param>
    /// <param name="build">The folder that it was built into; null: this build.</param>
    public async Task<BotProcess> AddAsync(string[] settings, string? build = null)
    {
        var bot = await ServeAsync(build ?? AppContext.BaseDirectory, Count, settings);
        replicas.Add((bot, settings));
        return bot;
    }

    /// <summary>Starts one again that has ended, in its own folder.</summary>
    public async Task RestartAsync(int index)
    {
        var (bot, settings) = replicas[index];
        bot.Dispose();
        replicas[index] = (await ServeAsync(AppContext.BaseDirectory, index, settings), settings);
    }

    /// <summary>Ends all; what they logged is shown where the test fails.</summary>
    public void Dispose()
    {
        foreach (var (bot, _) in replicas)
        {
            bot.Dispose();
            var said = bot.Output + bot.Error;
            TestContext.Current.TestOutputHelper?.WriteLine(said.Length <= LongestOutput ? said : said[..(LongestOutput / 2)] + "\n…\n" + said[^(LongestOutput / 2)..]);
        }

        folder.Dispose();
    }

    private async Task<BotProcess> ServeAsync(string build, int index, string[] settings)
    {
        var own = Directory.CreateDirectory(folder[$"replica{index}"]).FullName;
        return await BotProcess.ServeFromAsync(build, own, ["--Interview:Pause=00:00:00", "--Reminders:Interval=00:00:01", "--Logging:LogLevel:Default=Warning", $"--Git:Remote={Repository}", .. settings]);
    }
}
