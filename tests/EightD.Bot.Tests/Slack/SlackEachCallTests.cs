using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace EightD.Bot.Tests.Slack;

/// <summary>
/// Each call of a whole 8D meets each fault that it can meet, one a play: nothing that people wrote is lost, nothing is there twice, somebody is told what
/// they can do (slack-protocol.md, section 10), and the rest goes on.
/// </summary>
public sealed class SlackEachCallTests(ITestOutputHelper output)
{
    private const int AtOnce = 16;

    private static readonly SlackFault Nothing = SlackFault.Slow(TimeSpan.Zero);

    private static readonly string[] InChannel = ["chat.postMessage", "chat.update", "conversations.replies", "files.completeUploadExternal"];

    private static readonly Dictionary<string, Kind> Kinds = new(StringComparer.Ordinal)
    {
        ["429"] = new(SlackFault.RateLimited(), _ => true),
        ["500"] = new(SlackFault.Down(), _ => true),
        ["timeout"] = new(SlackFault.Hang, _ => true),
        ["answer lost"] = new(SlackFault.AnswerLost, _ => true),
        ["not_in_channel"] = new(SlackFault.Refused("not_in_channel"), IsInChannel, method => InChannel.Contains(method) ? "/invite" : null) { Mend = LetInAsync },
        ["channel_not_found"] = new(SlackFault.Refused("channel_not_found"), IsInChannel, method => InChannel.Contains(method) ? "/invite" : null) { Mend = LetInAsync },
        ["is_archived"] = new(SlackFault.Refused("is_archived"), method => method is "chat.postMessage" or "chat.update" or "chat.postEphemeral" or "files.completeUploadExternal", method => method == "chat.postEphemeral" ? null : "archived") { Mend = DeliverAgainAsync },
        ["token_revoked"] = new(SlackFault.Refused("token_revoked"), IsApi, method => IsTold(method) ? "not installed" : null) { Mend = LetInAsync },
        ["missing_scope"] = new(SlackFault.Refused("missing_scope", "some:scope"), method => IsApi(method) && method is not ("auth.test" or "views.open" or "views.publish"), method => IsTold(method) && method != "conversations.replies" ? "some:scope" : null) { Mend = LetInAsync },
        ["msg_too_long"] = new(SlackFault.Refused("msg_too_long"), method => method.StartsWith("chat.post", StringComparison.Ordinal) || method == "chat.update", _ => "here it is as text"),
        ["expired_trigger_id"] = new(SlackFault.Refused("expired_trigger_id"), method => method == "views.open", _ => "took too long"),
        ["hash_conflict"] = new(SlackFault.Refused("hash_conflict"), method => method == "views.publish"),
        ["put out of the channel"] = new(Nothing, IsApi, _ => "/invite")
        {
            Begin = room => room.Slack.World.Change(SlackRoom.Ops, old => old with { Members = old.Members.Remove(room.Slack.Home.BotUser) }),
            Mend = LetInAsync,
        },
        ["archived until somebody unarchives it"] = new(Nothing, IsApi, _ => "archived")
        {
            Begin = room => room.Slack.World.Change(SlackRoom.Ops, old => old with { IsArchived = true }),
            Mend = room =>
            {
                room.Slack.World.Change(SlackRoom.Ops, old => old with { IsArchived = false });
                return DeliverAgainAsync(room);
            },
        },
        ["token revoked until a new one is there"] = new(Nothing, IsApi, _ => "not installed")
        {
            Begin = room => room.Slack.World.Revoke((_, _) => true, "token_revoked"),
            Mend = room =>
            {
                room.Slack.World.Give(room.Slack.Home.BotToken, new(SlackStandIn.HomeTeam));
                return LetInAsync(room);
            },
        },
        ["scope taken until the app is installed again"] = new(Nothing, IsApi, _ => "chat:write")
        {
            Begin = room => room.Slack.Grant([.. SlackWorkspace.LeastScopes.Remove("chat:write")]),
            Mend = room =>
            {
                room.Slack.Grant([.. SlackWorkspace.LeastScopes]);
                return LetInAsync(room);
            },
        },
    };

    private static readonly Lazy<Task<IReadOnlyList<Call>>> Calls = new(CallsAsync);

    public static TheoryData<string> Faults => [.. Kinds.Keys];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Whichever_call_of_an_8D_meets_it_nothing_is_lost_or_doubled_and_the_rest_goes_on(string fault)
    {
        var watch = Stopwatch.StartNew();
        var kind = Kinds[fault];
        var calls = (await Calls.Value).Where(call => kind.Meets(call.Method)).ToList();
        ConcurrentBag<Call> met = [];
        ConcurrentBag<string> wrong = [];
        await Parallel.ForEachAsync(calls, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (call, _) =>
        {
            if (await Record.ExceptionAsync(async () => { if (await IsMetAsync(kind, call)) met.Add(call); }) is { } cause) wrong.Add($"{call.Method} {call.Nth} ({call.Text}): {cause.Message.ReplaceLineEndings(" ")}");
        });

        output.WriteLine($"{fault}: {met.Count} of {calls.Count} calls met it, in {watch.Elapsed.TotalSeconds:F1} s.");
        Assert.True(wrong.IsEmpty, string.Join('\n', wrong.Order(StringComparer.Ordinal).Prepend($"{wrong.Count} of {calls.Count}:")));
        Assert.Superset(calls.Select(call => call.Method).ToHashSet(StringComparer.Ordinal), met.Select(call => call.Method).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>A whole 8D of which one call meets a fault; false where it was not made this time: a card that is drawn again soon is drawn once.</summary>
    private static async Task<bool> IsMetAsync(Kind kind, Call call)
    {
        await using var room = await OpenAsync();
        var isMet = false;
        var trouble = new SlackTrouble
        {
            IsMet = () => isMet,
            Says = kind.Says?.Invoke(call.Method),
            Mend = kind.Mend,
            Stays = kind.Begin is not null,
            MayRepeat = kind.Fault is { Reaches: true, IsCut: true } && call.Method is ("response_url" or "chat.postEphemeral"),
            LeavesText = kind.Fault.Needed is not null && call.Method.StartsWith("files.", StringComparison.Ordinal),
            HidesNames = kind.Begin is not null || (kind.Fault.Error is not null && call.Method == "users.info"),
        };
        room.Slack.FaultAt(call.Method, call.Nth, kind.Fault with
        {
            Before = () =>
            {
                kind.Begin?.Invoke(room);
                isMet = true;
            },
        });
        await new SlackWhole(room, trouble).GoesAsync();
        if (trouble is { Says: not null, Stays: false }) Assert.InRange(trouble.Told(room).Count(message => !message.Shown.Contains("Not delivered", StringComparison.Ordinal)), 0, 1); // none where a later drawing took its place
        return isMet;
    }

    private static async Task<IReadOnlyList<Call>> CallsAsync()
    {
        await using var room = await OpenAsync();
        await new SlackWhole(room).GoesAsync();
        return [.. room.Slack.Calls.GroupBy(call => call.Method).SelectMany(calls => calls.Select((call, place) => new Call(call.Method, place + 1, Shorter(call["text"] ?? ""))))];
    }

    private static string Shorter(string text) => text.ReplaceLineEndings(" ") is { Length: > 40 } longer ? longer[..40] : text;

    private static Task<SlackRoom> OpenAsync() => SlackRoom.OpenAsync(prepare: slack => slack.Grant([.. SlackWorkspace.LeastScopes]));

    private static bool IsApi(string method) => method is not ("upload" or "response_url");

    private static bool IsInChannel(string method) => method == "chat.postEphemeral" || InChannel.Contains(method);

    private static bool IsTold(string method) => method is "auth.test" or "conversations.info" or "chat.postEphemeral" || InChannel.Contains(method) || method.StartsWith("files.", StringComparison.Ordinal);

    private static async Task LetInAsync(SlackRoom room) => await room.People.Joins(room.Slack.Home.BotUser, "ops");

    private static async Task DeliverAgainAsync(SlackRoom room)
    {
        var told = room.People.IsTold("ana", "ops").Count;
        await room.People.Commands("ana", "ops", "/8d status");
        if (room.People.IsTold("ana", "ops").Skip(told).FirstOrDefault(message => message.Buttons.Any(button => button.Label == "Try again")) is { } offer) await room.People.Presses("ana", offer, "Try again");
    }

    private sealed record Call(string Method, int Nth, string Text)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Method} {Nth}");
    }

    /// <summary>A fault.</summary>
    /// <param name="Fault">What a call meets.</param>
    /// <param name="Meets">Whether a method can meet it.</param>
    /// <param name="Says">What somebody is told where a method met it; null where nobody need be.</param>
    private sealed record Kind(SlackFault Fault, Func<string, bool> Meets, Func<string, string?>? Says = null)
    {
        /// <summary>What comes with the call and stays until it is mended; null where the call alone fails.</summary>
        public Action<SlackRoom>? Begin { get; init; }

        /// <summary>What people do then.</summary>
        public Func<SlackRoom, Task> Mend { get; init; } = _ => Task.CompletedTask;
    }
}
