using EightD.Bot.Settings;
using EightD.Bot.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace EightD.Bot.Tests.Slack;

/// <summary>The process ends while it tells Slack something: another goes on from what was saved, and nothing is lost or there twice.</summary>
public sealed class SlackCrashTests
{
    private static readonly TimeSpan TakenOver = TimeSpan.FromSeconds(31);

    /// <summary>Each call is that one of its method since the start: 1 is the first.</summary>
    [Theory]
    [InlineData("chat.postMessage", 1)] // the card
    [InlineData("chat.postMessage", 2)] // a question
    [InlineData("chat.postMessage", 4)]
    [InlineData("chat.postMessage", 5)] // the report
    [InlineData("chat.postMessage", 6)] // the closing line
    [InlineData("chat.update", 1)] // a confirmation in a question's place
    [InlineData("chat.update", 3)]
    [InlineData("chat.postEphemeral", 1)]
    [InlineData("files.getUploadURLExternal", 1)]
    [InlineData("upload", 1)]
    [InlineData("files.completeUploadExternal", 1)]
    [InlineData("files.completeUploadExternal", 2)]
    public async Task Where_the_process_ends_before_a_call_or_after_it_another_tells_the_rest_once(string method, int nth)
    {
        await EndsAtAsync(method, nth, isDone: false);
        await EndsAtAsync(method, nth, isDone: true);
    }

    private static async Task EndsAtAsync(string method, int nth, bool isDone)
    {
        SlackStandIn? slack = null;
        StoppingStore? store = null;
        await using var room = await SlackRoom.OpenAsync(prepare: there => slack = there, adjust: builder =>
        {
            slack!.Mend(); // whoever was before reaches it no more
            builder.Services.AddSingleton<IBlobStore>(services => store = new StoppingStore(SqliteBlobStore.Open(services.GetRequiredService<BotSettings>().StoragePath)));
        });
        var ended = 0;
        room.Slack.FaultAt(method, nth, (isDone ? SlackFault.AnswerLost : SlackFault.Cut) with
        {
            Before = () =>
            {
                ended++;
                store!.IsAway = true;
                room.Slack.Fault("*", SlackFault.Cut, times: 99);
            },
        });

        await new SlackWhole(room, new SlackTrouble { Stays = true, MayRepeat = isDone && method == "chat.postEphemeral", IsMet = () => store!.IsAway, Mend = GoesOnAsync }).GoesAsync();

        Assert.Equal(1, ended);
    }

    private static async Task GoesOnAsync(SlackRoom room)
    {
        room.Clock.Advance(TimeSpan.FromSeconds(1));
        await room.RestartAsync();
        room.Clock.Advance(TakenOver);
    }
}
