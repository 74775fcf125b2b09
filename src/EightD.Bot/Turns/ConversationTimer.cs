using EightD.Incidents;

namespace EightD.Bot.Turns;

/// <summary>Takes a conversation's next turn that nobody but the clock makes: the question that waits for a pause to end.</summary>
internal sealed class ConversationTimer : IDisposable
{
    private readonly TurnHandler handler;
    private readonly TimeProvider clock;
    private readonly ITimer timer;
    private Incident? due;

    public ConversationTimer(TurnHandler handler, TimeProvider clock)
    {
        (this.handler, this.clock) = (handler, clock);
        timer = clock.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Rings when this 8D's next question is due; not at all where none waits.</summary>
    public void Set(Incident incident)
    {
        Volatile.Write(ref due, incident);
        timer.Change(incident.Interview.NextAt is { } at ? Until(at) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => timer.Dispose();

    /// <summary>Whole milliseconds, which is what a timer counts: rounded up, so that it never rings too early.</summary>
    private TimeSpan Until(DateTimeOffset at) => TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling((at - clock.GetUtcNow()).TotalMilliseconds)));

    private void Ring()
    {
        if (Volatile.Read(ref due) is not { Interview.NextAt: { } at } incident) return;
        if (at > clock.GetUtcNow())
        {
            Set(incident);
            return;
        }

        _ = handler.HandleAsync(new($"tick {incident.Id} {at.UtcTicks}", Person.Bot, incident.Home, at, new Deed.Tick()), incident: incident.Id);
    }
}
