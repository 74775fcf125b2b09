using System.Diagnostics;
using EightD.Bot.Tests.Conversations;

namespace EightD.Bot.Tests.Slack;

/// <summary>One call of an 8D fails, or all from it on; what somebody must be told then, and what people do once they are.</summary>
internal sealed class SlackTrouble
{
    private readonly Stopwatch sinceMended = new();

    /// <summary>Words that one of them reads, in the channel or in person; null where nobody need be told: what stays is mended all the same.</summary>
    public string? Says { get; init; }

    /// <summary>What they do then, and again while nothing comes of it.</summary>
    public Func<SlackRoom, Task> Mend { get; init; } = _ => Task.CompletedTask;

    /// <summary>Whether it stays until it is mended, and may show only at a later call.</summary>
    public bool Stays { get; init; }

    /// <summary>Whether the report may be text where a file was to be.</summary>
    public bool LeavesText { get; init; }

    /// <summary>Whether Slack refuses to say a name, so that an id stands in its place.</summary>
    public bool HidesNames { get; init; }

    /// <summary>Whether something may be told twice: it was told, nobody knows, and Slack cannot be asked.</summary>
    public bool MayRepeat { get; init; }

    /// <summary>Whether it has begun.</summary>
    public required Func<bool> IsMet { get; init; }

    /// <summary>Does what people do; where the call was made and its failure shows at once, as soon as they are told.</summary>
    public Task ActsAsync(SlackRoom room) => Stays ? IsOverAsync(room) : EndsAsync(room);

    /// <summary>Waits until it was said and is mended.</summary>
    public Task EndsAsync(SlackRoom room) => People.UntilAsync(() => IsOverAsync(room), $"somebody is told: {Says}");

    /// <summary>Whether nothing is wrong, or it was said and is mended: where people are told they mend it.</summary>
    public async Task<bool> IsOverAsync(SlackRoom room, bool isWaitedFor = false)
    {
        if (!IsMet() || (Says is null && !Stays)) return true;
        if (sinceMended.IsRunning && !(isWaitedFor && sinceMended.Elapsed > TimeSpan.FromSeconds(1))) return true;
        if (Says is not null && !Told(room).Any()) return false;
        await MendAsync(room);
        return true;
    }

    /// <summary>Mends it, told or not.</summary>
    public Task MendAsync(SlackRoom room)
    {
        sinceMended.Restart();
        return Mend(room);
    }

    /// <summary>Where it is said.</summary>
    public IEnumerable<SlackMessage> Told(SlackRoom room) => room.People.Sees("ana", "ops").Concat(room.People.SeesInPerson("ana")).Concat(room.People.IsTold("maria", "ops")).Concat(room.People.SeesInPerson("maria"))
        .Where(message => message.BotId is not null && (message.Shown.Contains(Says!, StringComparison.Ordinal) || message.Text.Contains(Says!, StringComparison.Ordinal)));
}
