using EightD.Bot.Turns;
using EightD.Incidents;
using EightD.Incidents.Cards;

namespace EightD.Bot.Channels.Slack;

/// <summary>The App Home: the open 8Ds that a person may see, and that person's open actions.</summary>
internal sealed class SlackHome(FactGathering facts, SlackDirectory directory, SlackApi api, TimeProvider clock)
{
    /// <summary>The button that opens the form of a new 8D.</summary>
    public const string StartAction = "start";

    private const int MostShown = 20;

    /// <summary>Draws it anew.</summary>
    /// <exception cref="SlackException">Slack did not take it.</exception>
    public async Task ShowAsync(SlackWorkspace workspace, string user, CancellationToken cancel)
    {
        var by = await directory.PersonAsync(workspace, user, called: null, cancel);
        var turn = new Turn("home", by, new Place(workspace.Tenant, user), clock.GetUtcNow(), new Deed.List(All: false));
        var open = (await facts.ForAsync(turn, incident: null, cancel)).Listed;
        var mine = (await facts.ForAsync(turn with { Deed = new Deed.Actions(ActionsWanted.Mine) }, incident: null, cancel)).Mine;
        var view = $$"""{"type":"home","blocks":{{BlockKit.List(Blocks(open, mine))}}}""";
        await api.CallAsync(workspace.Token, "views.publish", [("user_id", user), ("view", view)], cancel);
    }

    private static IEnumerable<string> Blocks(IReadOnlyList<ListedReport> open, IReadOnlyList<ListedAction> mine)
    {
        var reports = open.Take(MostShown).Select(report => ChannelTexts.Get(report.Status.Length == 0 ? "HomeReportBare" : "HomeReport", report.Number, report.Title, report.Status));
        var actions = mine.Take(MostShown).Select(action => ChannelTexts.Get(action.IsOverdue ? "HomeOverdue" : "HomeAction", action.Report, action.Number, action.Action, action.Due));
        return BlockKit.Blocks(new Card(ChannelTexts.Get("HomeActions"), [], Lines(actions, mine.Count, "HomeNoActions"), []))
            .Concat(BlockKit.Blocks(new Card(ChannelTexts.Get("HomeReports"), [], Lines(reports, open.Count, "HomeNoReports"), [new(StartAction, "", ChannelTexts.Get("HomeStart"))])));
    }

    private static string Lines(IEnumerable<string> lines, int count, string none) =>
        count == 0 ? ChannelTexts.Get(none) : string.Join('\n', lines.Select(line => $"- {line.ReplaceLineEndings(" ")}").Concat(count > MostShown ? [ChannelTexts.Get("HomeMore", count - MostShown)] : []));
}
