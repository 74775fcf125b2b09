using EightD.Bot.Channels;
using EightD.Bot.Publishing;
using EightD.Bot.Storage;
using EightD.Bot.Telemetry;
using EightD.Incidents;
using EightD.Incidents.Cards;

namespace EightD.Bot.Turns;

/// <summary>
/// Delivers one conversation's effects in their order: what people see, one after another; publishing and the lines in other 8Ds beside it, so that a
/// repository that is down holds up nobody. What was done is kept as outcomes until the 8D is saved with them.
/// </summary>
internal sealed class Deliveries : IAsyncDisposable
{
    private static readonly TimeSpan SaveAfter = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly Conversation conversation;
    private readonly ConversationServices services;
    private readonly TurnHandler handler;
    private readonly Lock gate = new();
    private readonly LinkedList<Item> queue = new();
    private readonly Dictionary<string, Outcomes> outcomes = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim publishing = new(1);
    private readonly CancellationTokenSource stopping = new();
    private readonly ITimer save;
    private Task running = Task.CompletedTask;
    private bool isRunning;

    public Deliveries(Conversation conversation, ConversationServices services, TurnHandler handler)
    {
        (this.conversation, this.services, this.handler) = (conversation, services, handler);
        save = TimeProvider.System.CreateTimer(_ => Save(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Delivers what was saved with an 8D.</summary>
    public void Enqueue(string incident, IEnumerable<PendingEffect> effects)
    {
        List<Item> seen = [];
        foreach (var pending in effects)
        {
            if (pending.Effect is Effect.Publish publish) _ = PublishAsync(incident, pending, publish);
            else if (pending.Effect is Effect.AnswerLink link) _ = LinkAsync(incident, pending, link);
            else seen.Add(new(incident, pending, null));
        }

        Add(seen);
    }

    /// <summary>Delivers what was saved nowhere; done when it is safe with the channel.</summary>
    /// <exception cref="StoreUnavailableException">It could not be delivered.</exception>
    public Task DeliverAsync(IReadOnlyList<PendingEffect> effects, string? incident = null)
    {
        if (effects.Count == 0) return Task.CompletedTask;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Add([.. effects.Select((pending, place) => new Item(incident, pending, place == effects.Count - 1 ? done : null) { IsKeptHereAlone = true })]);
        return done.Task;
    }

    /// <summary>Ends when all that waits now is delivered.</summary>
    public Task SettledAsync()
    {
        lock (gate)
        {
            if (!isRunning) return Task.CompletedTask;
        }

        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Add([new(null, null, done)]);
        return done.Task;
    }

    /// <summary>Whether an 8D's card is on its way and its id not yet known: a reply cannot be told from talk until then.</summary>
    public bool IsPostingCard(Incident incident) =>
        !incident.Messages.ContainsKey(MessageKey.Card) && !OutcomesOf(incident.Id).Messages.ContainsKey(MessageKey.Card);

    /// <summary>What became of an 8D's deliveries and is not saved yet.</summary>
    public Outcomes OutcomesOf(string? incident)
    {
        if (incident is null) return Outcomes.None;
        lock (gate) return outcomes.GetValueOrDefault(incident, Outcomes.None);
    }

    /// <summary>These are saved.</summary>
    public void Forget(Outcomes saved)
    {
        if (saved.Incident is not { } incident) return;
        lock (gate)
        {
            var left = outcomes[incident].Without(saved);
            if (left.IsEmpty) outcomes.Remove(incident);
            else outcomes[incident] = left;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        Task last;
        lock (gate) last = running;
        await last;
        await save.DisposeAsync();
        publishing.Dispose();
        stopping.Dispose();
    }

    private void Add(List<Item> items)
    {
        if (items.Count == 0) return;
        lock (gate)
        {
            foreach (var item in items) queue.AddLast(item);
            if (isRunning) return;
            isRunning = true;
            running = Task.Run(RunAsync);
        }
    }

    private async Task RunAsync()
    {
        var pause = TimeSpan.Zero;
        while (Next() is { Count: > 0 } items)
        {
            try
            {
                await DeliverAsync(items);
                pause = TimeSpan.Zero;
            }
            catch (StoreUnavailableException cause)
            {
                services.Log.DeliveryFailed(cause);
                services.Instruments.Retry(items.Count);
                PutBack(items, cause);
                pause = Longer(pause);
                if (!await WaitAsync(pause)) return;
            }
            catch (Exception cause) when (IsSetAside(items, cause))
            {
                services.Log.DeliverySetAside(cause, items.Count); // what was saved is still in its outbox, and tried at the next start
            }
        }
    }

    private static bool IsSetAside(List<Item> items, Exception cause)
    {
        foreach (var item in items) item.Waiter?.TrySetException(cause);
        return true;
    }

    /// <summary>The next items of one 8D, in order.</summary>
    private List<Item> Next()
    {
        lock (gate)
        {
            List<Item> items = [];
            while (queue.First is { } next && (items.Count == 0 || items[0].Incident == next.Value.Incident || next.Value.Pending is null))
            {
                items.Add(next.Value);
                queue.RemoveFirst();
            }

            isRunning = items.Count > 0;
            return items;
        }
    }

    private void PutBack(List<Item> items, StoreUnavailableException cause)
    {
        lock (gate)
        {
            foreach (var item in Enumerable.Reverse(items))
            {
                item.Waiter?.TrySetException(cause);
                if (!item.IsKeptHereAlone && item.Pending is not null) queue.AddFirst(item);
            }
        }
    }

    private async Task DeliverAsync(List<Item> items)
    {
        var incident = items[0].Incident is { } id ? (await services.Incidents.ReadAsync(conversation.Tenant, id, CancellationToken.None))?.Incident : null;
        if (incident is not null) incident = OutcomesOf(incident.Id).ApplyTo(incident);
        var settings = await services.Incidents.SettingsAsync(conversation.Tenant, CancellationToken.None);
        HashSet<string> drawn = new(StringComparer.Ordinal);
        List<Delivery> deliveries = [];
        foreach (var item in items)
        {
            if (item.Pending is not { } pending) continue;
            var redraw = pending.Effect as Effect.Redraw;
            if (redraw is not null && (incident is null || !drawn.Add(redraw.Key))) continue; // drawn once, from the state as it is now
            deliveries.Add(new(pending, redraw is null ? null : Draw(incident!, redraw.Key, settings.TimeZone), item.Waiter is not null || item.IsKeptHereAlone));
        }

        if (deliveries.Count > 0)
        {
            using var delivering = TurnTrace.Span("deliver", deliveries.Select(delivery => delivery.Pending));
            var messages = await services.ChannelOf(conversation.Tenant).DeliverAsync(conversation, incident, deliveries, CancellationToken.None);
            if (incident is not null) Record(incident.Id, items.Where(item => item is { IsKeptHereAlone: false, Pending: not null }).Select(item => item.Pending!.Id), messages);
        }

        foreach (var item in items) item.Waiter?.TrySetResult();
    }

    private Message Draw(Incident incident, string key, string zone) => key == MessageKey.Report
        ? IncidentCard.DrawReport(incident)
        : IncidentCard.Draw(incident, services.Clock.GetUtcNow(), zone);

    private void Record(string incident, IEnumerable<string> delivered, IEnumerable<KeyValuePair<string, string>> messages)
    {
        lock (gate)
        {
            outcomes[incident] = (outcomes.GetValueOrDefault(incident) ?? Outcomes.None with { Incident = incident }).And(delivered, messages);
        }

        save.Change(SaveAfter, Timeout.InfiniteTimeSpan);
    }

    private void Save()
    {
        List<string> incidents;
        lock (gate) incidents = [.. outcomes.Keys];
        foreach (var incident in incidents) _ = handler.SaveOutcomesAsync(conversation, incident);
    }

    /// <summary>Publishes as often as it takes; the repository's answer is a turn of its own.</summary>
    private async Task PublishAsync(string id, PendingEffect pending, Effect.Publish publish)
    {
        await publishing.WaitAsync(CancellationToken.None);
        try
        {
            for (var pause = Longer(TimeSpan.Zero); ; pause = Longer(pause))
            {
                if (await services.Incidents.ReadAsync(conversation.Tenant, id, stopping.Token) is not { Incident: var incident }) return;
                var span = TurnTrace.Span("publish", [pending]);
                var began = services.Clock.GetTimestamp();
                var outcome = await services.Repository.PublishAsync(RequestOf(incident, pending, publish), stopping.Token);
                services.Instruments.PublishDone(services.Clock.GetElapsedTime(began), failed: outcome is PublishOutcome.Waiting or PublishOutcome.Refused);
                span.Dispose();
                if (outcome is PublishOutcome.NumberTaken) outcome = new PublishOutcome.NumberTaken(await services.Numbers.TakeAsync(stopping.Token)); // free in the store too
                var waits = outcome is PublishOutcome.Waiting;
                await handler.HandleAsync(new($"{pending.Id} {(waits ? "waits" : "published")}", publish.By, incident.Home, services.Clock.GetUtcNow(), new Deed.Published(outcome)), incident: id);
                if (!waits)
                {
                    Record(id, [pending.Id], []); // after its turn: what is lost in between is published again, and found by its trailer
                    return;
                }

                services.Instruments.Retry();
                if (!await WaitAsync(pause)) return;
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            services.Log.PublishWaits();
        }
        catch (StoreUnavailableException cause)
        {
            services.Log.PublishUnrecorded(cause);
        }
        finally
        {
            publishing.Release();
        }
    }

    private static PublishRequest RequestOf(Incident incident, PendingEffect pending, Effect.Publish publish) => new(
        incident.Report, incident.Published?.FileName, publish.By, publish.Subject, publish.Trailers, pending.Id, pending.SavedAt);

    /// <summary>Gives another 8D the line that answers a link: a turn of its own, in its own conversation.</summary>
    private async Task LinkAsync(string id, PendingEffect pending, Effect.AnswerLink link)
    {
        try
        {
            if (await services.Incidents.ByNumberAsync(conversation.Tenant, link.Number, stopping.Token) is { Incident: var other })
            {
                await handler.HandleAsync(new($"{pending.Id} linked", Person.Bot, other.Home, services.Clock.GetUtcNow(), new Deed.Linked(link.Link)), incident: other.Id);
            }

            Record(id, [pending.Id], []);
        }
        catch (Exception cause) when (cause is StoreUnavailableException or UnreadableIncidentException or OperationCanceledException)
        {
            services.Log.LinkFailed(cause);
        }
    }

    private async Task<bool> WaitAsync(TimeSpan pause)
    {
        try
        {
            await Task.Delay(pause, stopping.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => pause == TimeSpan.Zero ? TimeSpan.FromSeconds(1) : pause * 2 < LongestPause ? pause * 2 : LongestPause;

    /// <summary>One thing to deliver.</summary>
    /// <param name="Incident">Its 8D; null for none.</param>
    /// <param name="Pending">What; null: only a place in the order.</param>
    /// <param name="Waiter">Who waits until it is delivered; null for nobody.</param>
    private sealed record Item(string? Incident, PendingEffect? Pending, TaskCompletionSource? Waiter)
    {
        /// <summary>Whether it stands in no outbox: it is not tried again, its sender is told.</summary>
        public bool IsKeptHereAlone { get; init; }
    }
}
