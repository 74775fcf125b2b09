using System.Collections.Concurrent;
using EightD.Bot.Channels;
using EightD.Bot.Channels.Playground;
using EightD.Incidents;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EightD.Bot.Tests.Turns;

/// <summary>The playground, of which some targets cannot be reached for a while.</summary>
internal sealed class FailingChannel(PlaygroundChannel playground) : IChannel
{
    /// <summary>Why each lane fails.</summary>
    public ConcurrentDictionary<string, DeliveryFailure> Failing { get; } = new(StringComparer.Ordinal);

    /// <summary>The lane of what is said in people's own chats.</summary>
    public const string Direct = "direct";

    /// <summary>Ends when the platform takes what is said in people's own chats.</summary>
    public Task Takes { get; set; } = Task.CompletedTask;

    /// <summary>How many attempts failed.</summary>
    public int Refused { get; private set; }

    public string Name => playground.Name;

    /// <inheritdoc/>
    public TimeSpan Rest { get; set; }

    /// <summary>How often a message was drawn.</summary>
    public int Drawn { get; private set; }

    /// <summary>Puts it in the playground's place.</summary>
    public static void In(WebApplicationBuilder builder)
    {
        builder.Services.RemoveAll<IChannel>();
        builder.Services.AddSingleton<PlaygroundChannel>();
        builder.Services.AddSingleton<IChannel, FailingChannel>();
    }

    public string? FolderOf(string tenant) => playground.FolderOf(tenant);

    public ValueTask<bool> IsInAsync(Conversation conversation, Person person, CancellationToken cancel) => playground.IsInAsync(conversation, person, cancel);

    public ValueTask<Person?> FindAsync(Conversation conversation, string name, bool mayAsk, CancellationToken cancel) => playground.FindAsync(conversation, name, mayAsk, cancel);

    public ValueTask<string?> ZoneOfAsync(Conversation conversation, Person person, bool mayAsk, CancellationToken cancel) => ValueTask.FromResult(Zones.GetValueOrDefault(person.Id));

    /// <summary>The time zones of people's profiles.</summary>
    public ConcurrentDictionary<string, string> Zones { get; } = new(StringComparer.Ordinal);

    public bool HasZones => !Zones.IsEmpty;

    public async Task<DeliveryFailure?> TellDirectlyAsync(Conversation about, PendingEffect pending, bool mayBeThere, CancellationToken cancel)
    {
        await Takes.WaitAsync(cancel);
        var person = ((Effect.Direct)pending.Effect).To.Id;
        if (!Failing.TryGetValue(Direct, out var failure) && !Failing.TryGetValue($"{Direct}/{person}", out failure)) return await playground.TellDirectlyAsync(about, pending, mayBeThere, cancel);
        Refused++;
        return failure;
    }

    public async Task<Delivered> DeliverAsync(Conversation conversation, Incident? incident, IReadOnlyList<Delivery> deliveries, CancellationToken cancel)
    {
        var failures = deliveries.Where(delivery => Failing.ContainsKey(delivery.Lane)).ToDictionary(delivery => delivery.Pending.Id, delivery => Failing[delivery.Lane], StringComparer.Ordinal);
        Refused += failures.Count;
        Drawn += deliveries.Count(delivery => delivery.Drawn is not null);
        var delivered = await playground.DeliverAsync(conversation, incident, [.. deliveries.Where(delivery => !failures.ContainsKey(delivery.Pending.Id))], cancel);
        return delivered with { Failures = failures };
    }
}
