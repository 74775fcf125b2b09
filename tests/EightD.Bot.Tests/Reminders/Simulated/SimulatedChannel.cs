using System.Collections.Concurrent;
using EightD.Bot.Channels;
using EightD.Bot.Storage;
using EightD.Incidents;

namespace EightD.Bot.Tests.Reminders.Simulated;

/// <summary>What all bots of a simulation talk to: it keeps what was said in person, and fails in each of the ways in which a platform can.</summary>
internal sealed class SimulatedPlatform(Random random, TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly HashSet<string> arrived = new(StringComparer.Ordinal);

    /// <summary>The time zones of people's profiles, who are all there are.</summary>
    public Dictionary<string, string> Zones { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Why nobody of these can be reached: for good, or for now.</summary>
    public ConcurrentDictionary<string, bool> Unreachable { get; } = new(StringComparer.Ordinal);

    /// <summary>How often of a hundred times it fails for once.</summary>
    public int Fails { get; set; }

    /// <summary>How often it failed.</summary>
    public int Failed { get; private set; }

    /// <summary>How often somebody could not be reached.</summary>
    public int Away { get; private set; }

    /// <summary>What was to be said to whom nobody can reach any more, in order.</summary>
    public List<(string Person, string Text)> Refused { get; } = [];

    /// <summary>What arrived, in order.</summary>
    public List<(string Person, DateTimeOffset At, string Text)> Said { get; } = [];

    public DeliveryFailure? Say(PendingEffect pending, bool mayBeThere)
    {
        var direct = (Effect.Direct)pending.Effect;
        lock (gate)
        {
            if (Unreachable.TryGetValue(direct.To.Id, out var isFinal))
            {
                Away++;
                if (isFinal) Refused.Add((direct.To.Id, direct.Message.Text));
                return new(isFinal ? "has left" : "does not answer", isFinal);
            }

            var fate = Fails == 0 ? 100 : random.Next(100);
            if (fate < Fails / 2)
            {
                Failed++;
                return new("does not answer", IsFinal: false);
            }

            if (!mayBeThere || !arrived.Contains(pending.Id)) Said.Add((direct.To.Id, clock.GetUtcNow(), direct.Message.Text)); // who is asked looks first
            arrived.Add(pending.Id);
            if (fate >= Fails) return null;
            Failed++;
            throw new StoreUnavailableException("The answer was lost.");
        }
    }
}

/// <summary>One bot's way to it.</summary>
internal sealed class SimulatedChannel(SimulatedPlatform platform) : IChannel
{
    public string Name => "playground";

    public TimeSpan Rest => TimeSpan.Zero;

    public bool HasZones => true;

    public Task<Delivered> DeliverAsync(Conversation conversation, Incident? incident, IReadOnlyList<Delivery> deliveries, CancellationToken cancel) => Task.FromResult(Delivered.All(deliveries
        .Select(delivery => delivery.Pending.Effect switch { Effect.Post post => (post.Key, delivery.Pending.Id), Effect.Redraw redraw => (redraw.Key, $"{incident!.Id} {redraw.Key}"), _ => ("", "") })
        .Where(posted => posted.Item1.Length > 0).DistinctBy(posted => posted.Item1, StringComparer.Ordinal).ToDictionary(posted => posted.Item1, posted => posted.Item2, StringComparer.Ordinal)));

    public string? FolderOf(string tenant) => null;

    public ValueTask<Person?> FindAsync(Conversation conversation, string name, bool mayAsk, CancellationToken cancel) => ValueTask.FromResult(mayAsk && platform.Zones.ContainsKey(name) ? new Person(name, name) : null);

    public ValueTask<string?> ZoneOfAsync(Conversation conversation, Person person, bool mayAsk, CancellationToken cancel) => ValueTask.FromResult(mayAsk ? platform.Zones.GetValueOrDefault(person.Id) : null);

    public Task<DeliveryFailure?> TellDirectlyAsync(Conversation about, PendingEffect pending, bool mayBeThere, CancellationToken cancel) => Task.FromResult(platform.Say(pending, mayBeThere));

    public ValueTask<bool> IsInAsync(Conversation conversation, Person person, CancellationToken cancel) => ValueTask.FromResult(true);
}
