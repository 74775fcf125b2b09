using EightD.Bot.Tests.Conversations;

namespace EightD.Bot.Tests.Reminders;

/// <summary>Tests in the playground with a clock that a test moves: the bot looks into the store when it is told to, and into Git when it is about to remind.</summary>
public abstract class ReminderTests : DeskTests
{
    private protected static readonly string[] Quiet = ["--Reminders:Interval=1.00:00:00", "--Git:Poll=00:00:00"];

    private protected async Task OpenAsync(string at, params string[] settings) => Opened = await Chat.OpenAsync(Chat.WithoutOwnSweep, at, null, [.. Quiet, .. settings]);

    private protected Task<List<Said>> Direct(string person) => Chat.DirectAsync(person);
}
