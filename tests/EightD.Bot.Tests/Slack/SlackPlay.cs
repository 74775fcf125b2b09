using System.Globalization;
using System.Text;
using EightD.Bot.Tests.Conversations;
using EightD.Bot.Tests.Processes;
using EightD.Bot.Tests.Publishing;

namespace EightD.Bot.Tests.Slack;

/// <summary>
/// Plays the sample's 8D in a stand-in Slack against the bot as a process of its own, and writes what people see: by a command, replies, a form, presses, a
/// message shortcut, a reaction and actions. It has worked when the report in Git is the sample's, byte for byte, with the day's date and what the reaction filed.
/// </summary>
internal sealed class SlackPlay(SlackStandIn slack, SlackPeople people, string repository) : IDisposable
{
    private const string Lead = "alex", Channel = "ops";

    private static readonly Dictionary<string, string> Owners = new(StringComparer.Ordinal) { ["Alex Chen"] = "alex", ["Maria Santos"] = "maria", ["Tom Wilson"] = "tom", ["Jennifer Lee"] = "jennifer" };

    private readonly Dictionary<string, string> shown = new(StringComparer.Ordinal);
    private SlackMessage? noted;

    /// <summary>Plays it; 0 where the report is the sample's.</summary>
    public static async Task<int> RunAsync(string build, bool overSocket)
    {
        using var folder = SampleRepository.New();
        await using var slack = await SlackStandIn.StartAsync();
        foreach (var (name, user) in Owners) slack.AddUser($"U{user.ToUpperInvariant()}", user, name);
        slack.AddChannel("C0001", Channel, Owners.Values);
        string[] settings =
        [
            "--urls=http://127.0.0.1:0", "--Playground:Enabled=false", $"--Storage:Path={folder["data/eightd.db"]}", $"--Git:Remote={folder["data/reports.git"]}", "--Interview:Pause=00:00:00.2",
            $"--Slack:ApiUrl={slack.ApiUrl}", $"--Slack:BotToken={slack.Home.BotToken}", overSocket ? $"--Slack:AppToken={SlackStandIn.AppToken}" : $"--Slack:SigningSecret={SlackRoom.SigningSecret}",
        ];
        using var bot = BotProcess.Start(build, folder.Path, settings, []);
        await bot.ReadyAsync();
        if (overSocket) await People.UntilAsync(() => Task.FromResult(slack.Socket.Open.Count > 0), "a socket is open");
        SlackPeople people = new(slack, bot.People.Address, SlackRoom.SigningSecret);
        using SlackPlay play = new(slack, overSocket ? people.OverTheSocket() : people, folder["data/reports.git"]);
        try
        {
            await play.GoesAsync();
            play.Ends(overSocket ? "Socket Mode" : "HTTP");
            return 0;
        }
        catch (Exception failure) when (failure is Xunit.Sdk.XunitException or InvalidOperationException)
        {
            play.ShowNew();
            await Console.Error.WriteLineAsync($"{failure.Message}\n{bot.Output}{bot.Error}");
            return 1;
        }
    }

    public void Dispose() => people.Dispose();

    private async Task GoesAsync()
    {
        await TypesAsync($"/8d start {SampleContent.Title}");
        var question = await IsAskedAsync("D0: Problem discovered");
        await RepliesAsync(question, "Around lunch");
        await IsAskedAsync("D0: Impact");
        await PressesAsync(question, "Undo");
        await TypesAsync($"/8d answer D0.problem {TextOf("D0", "Problem discovered")}");
        await CapturesAsync();
        await ActsAsync();
        await FillsInAsync("D5");
        await TypesAsync("/8d resolved");
        await AnswersAsync();
        await TypesAsync("/8d link 1 Supersedes");
        await TypesAsync("/8d publish");
        await People.UntilAsync(() => Task.FromResult(Commits() == 2), "it is published");
        await TypesAsync("/8d close --anyway The rest follows");
        await WaitsForAsync(message => message.ThreadTs is null && message.Shown.Contains("is closed, says", StringComparison.Ordinal), "the closing line");
        await People.UntilAsync(() => Task.FromResult(Commits() == 3), "it is published as it was closed");
        await WaitsForAsync(message => message.Files.Any(file => Encoding.UTF8.GetString([.. file.Bytes]) == Report()), "the file of the report as it was closed");
    }

    /// <summary>A message is filed as the team by the shortcut, another goes into the timeline by a reaction.</summary>
    private async Task CapturesAsync()
    {
        var team = await SaysAsync("maria", string.Join('\n', RowsOf("D1").Select(row => string.Join(" | ", row))));
        Does(Lead, "uses the message shortcut Add to 8D report");
        await people.Shortcut(Lead, Channel, team.Ts, "add_to_8d");
        await SubmitsAsync("Add to the 8D report", new() { ["part"] = "D1" });
        await WaitsForAsync(message => message.IsEphemeral && message.Shown.Contains("Written to D1", StringComparison.Ordinal), "the team is filed");
        noted = (await SaysAsync("tom", "Restarting it now")).Message;
        Does(Lead, "reacts with :pushpin:");
        await people.Reacts(Lead, Channel, noted.Ts, "pushpin");
        await WaitsForAsync(message => message.IsEphemeral && message.Shown.Contains("Restarting it now", StringComparison.Ordinal), "the message is in the timeline");
    }

    private async Task ActsAsync()
    {
        foreach (var (index, row) in RowsOf("D6").Index())
        {
            await TypesAsync($"/8d action add {row[0]} @{Owners[row[1]]} by {DateOnly.Parse(row[2], CultureInfo.InvariantCulture):yyyy-MM-dd}");
            await TypesAsync($"/8d action done {index + 1}");
        }
    }

    /// <summary>Answers in the thread whatever is asked until nothing is; one question is skipped, and answered by a command.</summary>
    private async Task AnswersAsync()
    {
        var hasSkipped = false;
        HashSet<string> answered = new(StringComparer.Ordinal);
        while (await NextAsync(answered) is { } question)
        {
            var (discipline, label) = (question.Shown[..2], question.Shown.Split('\n')[0][4..]);
            answered.Add(question.Ts);
            if (hasSkipped || label != "Symptoms observed")
            {
                await RepliesAsync(question, TextOf(discipline, label));
                continue;
            }

            hasSkipped = true;
            await PressesAsync(question, "Skip");
            await TypesAsync($"/8d answer {discipline}.symptoms\n{TextOf(discipline, label)}");
        }
    }

    /// <summary>The question that stands now and was not answered; null once all is answered.</summary>
    private async Task<SlackMessage?> NextAsync(HashSet<string> answered)
    {
        SlackMessage? open = null;
        await People.UntilAsync(
            () => Task.FromResult((open = Questions().LastOrDefault(question => !answered.Contains(question.Ts))) is not null || people.Sees(Lead, Channel).Any(message => message.Shown.Contains("That was the last open question", StringComparison.Ordinal))),
            "the next question is asked");
        ShowNew();
        return open;
    }

    private IEnumerable<SlackMessage> Questions() => people.Posted(Channel).Where(message => message.ThreadTs is not null && message.Buttons.Any(button => button.Label == "Skip"));

    private Task<SlackMessage> IsAskedAsync(string title) => WaitsForAsync(message => message.Shown.StartsWith(title, StringComparison.Ordinal) && message.Buttons.Any(button => button.Label == "Skip"), $"the question {title}");

    private async Task TypesAsync(string command)
    {
        Does(Lead, command);
        var answer = await people.Commands(Lead, Channel, command);
        Assert.Equal(200, answer.Status);
        ShowNew();
    }

    private async Task RepliesAsync(SlackMessage question, string text)
    {
        var posted = await people.Posts(Lead, Channel, text, question.ThreadTs, RichTyped.Of(text));
        Assert.Equal(200, posted.Answer!.Status);
        await WaitsForAsync(message => message.Ts == question.Ts && message.Buttons.Any(button => button.Label == "Undo"), $"{question.Shown.Split('\n')[0]} is confirmed");
    }

    private async Task<SlackPosted> SaysAsync(string user, string text)
    {
        var posted = await people.Posts(user, Channel, text);
        ShowNew();
        return posted;
    }

    private async Task PressesAsync(SlackMessage message, string button)
    {
        Does(Lead, $"presses {button}");
        await people.Presses(Lead, people.Now(message)!, button);
        ShowNew();
    }

    private async Task FillsInAsync(string discipline)
    {
        await TypesAsync($"/8d edit {discipline}");
        await People.UntilAsync(() => Task.FromResult(people.ViewOf(Lead) is not null), "the form is open");
        await SubmitsAsync(people.ViewOf(Lead)!.Title, SampleContent.Parts.Where(part => part.Discipline == discipline).ToDictionary(part => part.Label ?? SampleContent.HeadingOf(discipline), string? (part) => part.Text));
    }

    private async Task SubmitsAsync(string title, Dictionary<string, string?> values)
    {
        await people.WaitsForView(Lead, title);
        Does(Lead, $"submits the form {title}{string.Concat(values.Select(value => $"\n{value.Key}: {value.Value}"))}");
        Assert.Empty((await people.Submits(Lead, values)).Errors);
        ShowNew();
    }

    private async Task<SlackMessage> WaitsForAsync(Func<SlackMessage, bool> such, string what)
    {
        var found = await people.WaitsFor(Lead, Channel, such, what);
        ShowNew();
        return found;
    }

    private static string TextOf(string discipline, string label) =>
        SampleContent.Parts.Single(part => part.Discipline == discipline && (part.Label ?? SampleContent.HeadingOf(discipline)) == label).Text;

    /// <summary>The rows of a discipline's table, below its head.</summary>
    private static IEnumerable<string[]> RowsOf(string discipline) =>
        SampleContent.Disciplines.Single(each => each.Discipline == discipline).Text.Split('\n').Where(line => line.StartsWith('|')).Skip(2).Select(line => line.Trim('|', ' ').Split(" | "));

    private string Report() => GitHere.Read(repository, $"docs/8d/{SampleContent.FileName}");

    private int Commits() => int.Parse(GitHere.Run(repository, "rev-list", "--count", "main"), CultureInfo.InvariantCulture);

    /// <summary>Writes the report as it is in Git; it is the sample.</summary>
    private void Ends(string way)
    {
        ShowNew();
        Console.WriteLine($"\n{Report()}");
        var at = DateTimeOffset.UnixEpoch.AddSeconds(double.Parse(noted!.Ts, CultureInfo.InvariantCulture));
        var link = $"https://t0001.slack.com/archives/C0001/p{noted.Ts.Replace(".", "", StringComparison.Ordinal)}";
        Assert.Equal(
            SampleContent.Text.Replace("**Date:** 2024-12-20\n", $"**Date:** {at:yyyy-MM-dd}\n", StringComparison.Ordinal) + $"## Timeline\n\n- {at:yyyy-MM-dd HH:mm} UTC, Tom Wilson: Restarting it now ([message]({link}))\n\n",
            SampleContent.WithoutFooter(Report()));
        slack.AssertNoComplaints();
        Console.WriteLine($"played over {way}: {people.Posted(Channel).Count} messages, {people.Posted(Channel).Count(message => message.ThreadTs is null)} in the channel");
    }

    private static void Does(string user, string what) => Write("", user, what);

    /// <summary>Writes each message that is new, or has changed since it was written.</summary>
    private void ShowNew()
    {
        foreach (var message in slack.World.Messages(slack.World.Channel(Channel)!.Id).OrderBy(message => message.BotId is null ? 0 : shown.ContainsKey(message.Ts) ? 1 : 2))
        {
            var text = TextOf(message);
            var isChanged = shown.TryGetValue(message.Ts, out var before);
            if (isChanged && before == text) continue;
            shown[message.Ts] = text;
            var where = message.To is { } to ? $"to {slack.World.User(to)!.Name} alone" : message.ThreadTs is null ? $"#{Channel}" : "in the thread";
            Write(isChanged ? $"{where}, now" : where, slack.World.User(message.User)!.DisplayName, text);
        }
    }

    private static string TextOf(SlackMessage message)
    {
        if (message.BotId is null) return message.Text;
        var texts = message.Blocks is { } blocks ? blocks.EnumerateArray().Where(block => SlackJson.String(block, "type") != "actions").SelectMany(SlackJson.TextsIn) : [message.Text];
        var buttons = string.Join(' ', message.Buttons.Select(button => $"[{button.Label}]"));
        return string.Join('\n', texts.Append(buttons).Concat(message.Files.Select(file => $"[{file.Name}]")).Where(text => text.Length > 0));
    }

    private static void Write(string where, string who, string what) => Console.WriteLine($"{where,-20} {who,-13} {what.Replace("\n", $"\n{"",-34} ", StringComparison.Ordinal)}");
}
