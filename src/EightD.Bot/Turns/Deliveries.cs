using EightD.Bot.Channels;
using EightD.Bot.Publishing;
using EightD.Bot.Storage;
using EightD.Bot.Telemetry;
using EightD.Incidents;
using EightD.Incidents.Cards;
using EightD.Incidents.Learning;
using EightD.Incidents.Reminders;

namespace EightD.Bot.Turns;

/// <summary>
/// Delivers one conversation's effects, each lane in its order: a target that cannot be reached is tried again with growing pauses, and holds up no other
/// one. What is not delivered within a day is given up. What was done is kept as outcomes until the 8D is saved with them.
/// </summary>
internal sealed class Deliveries : IAsyncDisposable
{
    private static readonly TimeSpan SaveAfter = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan SaveAgainAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>How long it is tried; a repository may be away over a long week-end.</summary>
    private static readonly TimeSpan MostTime = TimeSpan.FromDays(1), MostTimeOfRepository = TimeSpan.FromDays(7);

    private readonly Conversation conversation;
    private readonly ConversationServices services;
    private readonly TurnHandler handler;
    private readonly Lock gate = new();
    private readonly LinkedList<Item> queue = new();
    private readonly Dictionary<string, Lane> troubled = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Progress> progress = new(StringComparer.Ordinal);

    /// <summary>Messages that were drawn a moment ago, each with the drawing that waits until they may be drawn again.</summary>
    private readonly Dictionary<(string Incident, string Message), Item?> resting = [];

    private readonly HashSet<Task> beside = [];
    private readonly SemaphoreSlim publishing = new(1);
    private readonly CancellationTokenSource stopping = new();
    private readonly ITimer save;
    private Task running = Task.CompletedTask;
    private bool isRunning, isSavePlanned;

    public Deliveries(Conversation conversation, ConversationServices services, TurnHandler handler)
    {
        (this.conversation, this.services, this.handler) = (conversation, services, handler);
        save = TimeProvider.System.CreateTimer(_ => _ = SaveAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Delivers what is this process's to deliver of an 8D as it was saved, and not yet on its way.</summary>
    public void Take(Incident incident)
    {
        if (incident.Outbox.IsEmpty) return;
        List<PendingEffect> taken = [];
        lock (gate)
        {
            taken.AddRange(incident.Outbox.Where(pending => services.Replicas.IsOwn(pending) && ProgressOf(incident.Id).Taken.Add(pending.Id)));
        }

        foreach (var pending in taken)
        {
            if (pending.Effect is Effect.Publish publish) Beside(PublishAsync(incident.Id, pending, publish));
            else if (pending.Effect is Effect.AnswerLink link) Beside(RepeatAsync(incident.Id, pending, other => LinkAsync(other, pending, link)));
            else if (pending.Effect is Effect.Remind remind) Beside(RepeatAsync(incident.Id, pending, here => RemindAsync(here, remind)));
            else if (pending.Effect is Effect.OfferEarlier offer) Beside(RepeatAsync(incident.Id, pending, here => OfferEarlierAsync(here, pending, offer)));
        }

        Add([.. taken.Where(pending => pending.Effect is not (Effect.Publish or Effect.AnswerLink or Effect.Remind or Effect.OfferEarlier)).Select(pending => new Item(incident.Id, pending, Waiter: null))]);
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

    /// <summary>Ends when all that waits now is delivered, or waits for its lane to be tried again.</summary>
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
        lock (gate) return progress.GetValueOrDefault(incident)?.Outcomes ?? Outcomes.None;
    }

    /// <summary>These are saved.</summary>
    public void Forget(Outcomes saved)
    {
        if (saved.Incident is not { } incident) return;
        lock (gate)
        {
            var known = progress[incident];
            known.Outcomes = known.Outcomes.Without(saved);
            known.Taken.ExceptWith(saved.Delivered);
            known.Taken.ExceptWith(saved.Dead.Select(letter => letter.Pending.Id));
            if (known.Outcomes.IsEmpty && known.Taken.Count == 0) progress.Remove(incident);
        }
    }

    /// <summary>Finishes what is on its way, and tries nothing again. The 8Ds that have outcomes which are not saved yet.</summary>
    public async Task<IReadOnlyList<string>> StopAsync()
    {
        await stopping.CancelAsync();
        Task[] last;
        lock (gate) last = [.. beside];
        await Task.WhenAll(last); // what rested is drawn now
        lock (gate) last = [running];
        await Task.WhenAll(last);
        lock (gate) return Unsaved();
    }

    public async ValueTask DisposeAsync()
    {
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
            Run();
        }
    }

    private void Run()
    {
        if (isRunning) return;
        isRunning = true;
        running = Task.Run(RunAsync);
    }

    private void Beside(Task task)
    {
        lock (gate) beside.Add(task);
        _ = task.ContinueWith(ended => { lock (gate) beside.Remove(ended); }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task RunAsync()
    {
        while (Next() is { Count: > 0 } items)
        {
            try
            {
                await DeliverAsync(items);
            }
            catch (Exception cause) when (IsPutOff(items, cause))
            {
                services.Log.DeliveryFailed(cause);
            }
        }
    }

    /// <summary>The next items of one 8D, in order, but for those that wait.</summary>
    private List<Item> Next()
    {
        lock (gate)
        {
            List<Item> items = [];
            while (queue.First is { Value: var next } && (items.Count == 0 || items[0].Incident == next.Incident || next.Pending is null))
            {
                queue.RemoveFirst();
                if (!Waits(next)) items.Add(next);
            }

            isRunning = items.Count > 0;
            return items;
        }
    }

    /// <summary>Whether it waits: with its lane, or for its message to be drawn again.</summary>
    private bool Waits(Item item)
    {
        if (!item.IsInOrder) return false;
        if (troubled.TryGetValue(item.Lane, out var lane) && lane.IsWaiting)
        {
            lane.Items.AddLast(item);
            return true;
        }

        if (item.Pending!.Effect is not Effect.Redraw redraw || !resting.TryGetValue((item.Incident!, redraw.Key), out var earlier)) return false;
        if (earlier is not null) Record(item.Incident!, [earlier.Pending!.Id], NoMessages, []); // this one shows all that that one would have shown
        resting[(item.Incident!, redraw.Key)] = item;
        return true;
    }

    /// <summary>Leaves a message that was drawn as it is for as long as the channel asks.</summary>
    private void Rest(string incident, string message, TimeSpan pause)
    {
        if (pause == TimeSpan.Zero) return;
        lock (gate)
        {
            if (resting.TryAdd((incident, message), null)) Beside(EndRestAsync(incident, message, pause));
        }
    }

    private async Task EndRestAsync(string incident, string message, TimeSpan pause)
    {
        await WaitAsync(pause);
        lock (gate)
        {
            if (resting.Remove((incident, message), out var held) && held is not null) Add([held]);
        }
    }

    private async Task DeliverAsync(List<Item> items)
    {
        if (!services.Replicas.IsSure) throw new StoreUnavailableException("It could not be shown for a while that this process lives, so others may deliver in its place.");
        var incident = items[0].Incident is { } id ? (await services.Incidents.RecallAsync(conversation.Tenant, id, CancellationToken.None))?.Incident : null;
        if (incident is not null)
        {
            if (services.Replicas.AreSeveral) LeaveToOthers(items, incident);
            incident = OutcomesOf(incident.Id).ApplyTo(incident);
        }

        var channel = services.ChannelOf(conversation.Tenant);
        var settings = await services.Incidents.SettingsAsync(conversation.Tenant, CancellationToken.None);
        Dictionary<string, string> drawn = new(StringComparer.Ordinal), drawnAs = new(StringComparer.Ordinal);
        List<Delivery> deliveries = [];
        foreach (var item in items)
        {
            if (item.Pending is not { } pending) continue;
            var redraw = pending.Effect as Effect.Redraw;
            if (redraw is not null && incident is null) continue;
            if (redraw is not null && !drawn.TryAdd(redraw.Key, pending.Id))
            {
                drawnAs[pending.Id] = drawn[redraw.Key]; // once, from the state as it is now
                continue;
            }

            deliveries.Add(new(pending, item.Lane, redraw is null ? null : Draw(incident!, redraw.Key, settings), item.Waiter is not null || item.IsKeptHereAlone));
        }

        var delivered = Delivered.All(NoMessages);
        if (deliveries.Count > 0)
        {
            using var delivering = TurnTrace.Span("deliver", deliveries.Select(delivery => delivery.Pending));
            delivered = await channel.DeliverAsync(incident is null ? conversation : Conversation.Of(incident.Home), incident, deliveries, CancellationToken.None);
        }

        Settle(items, delivered, drawnAs, channel.Rest);
    }

    /// <summary>Leaves out what another process has taken over since, which thought that this one was dead.</summary>
    private void LeaveToOthers(List<Item> items, Incident incident)
    {
        var pending = incident.Outbox.FindAll(services.Replicas.IsOwn);
        services.Instruments.Outbox(incident.Id, pending);
        var own = pending.Select(each => each.Id).ToHashSet(StringComparer.Ordinal);
        lock (gate)
        {
            foreach (var item in items.Where(item => item.IsInOrder && !own.Contains(item.Pending!.Id)).ToList())
            {
                items.Remove(item);
                ProgressOf(incident.Id).Taken.Remove(item.Pending!.Id);
            }
        }
    }

    private Message Draw(Incident incident, string key, WorkspaceSettings workspace) => key switch
    {
        MessageKey.Report => IncidentCard.DrawReport(incident),
        MessageKey.Digest => Digest.Draw(incident, ReminderRules.LocalOf(services.Clock.GetUtcNow(), workspace.TimeZone).Day, services.Reminders.RulesOf(workspace), workspace.TimeZone),
        _ => IncidentCard.Draw(incident, services.Clock.GetUtcNow(), workspace.TimeZone),
    };

    /// <summary>Keeps what became of each.</summary>
    /// <param name="items">What was to be delivered.</param>
    /// <param name="delivered">What the channel says.</param>
    /// <param name="drawnAs">Of a message that was to be drawn several times, the ids of those whose place another took: what became of that became of them.</param>
    /// <param name="rest">How long the messages that were drawn are left now.</param>
    private void Settle(List<Item> items, Delivered delivered, Dictionary<string, string> drawnAs, TimeSpan rest)
    {
        List<string> done = [];
        List<DeadLetter> dead = [];
        foreach (var item in items)
        {
            if (item.Pending is not { } pending || !delivered.Failures.TryGetValue(drawnAs.GetValueOrDefault(pending.Id, pending.Id), out var failure))
            {
                if (item.IsInOrder)
                {
                    done.Add(item.Pending!.Id);
                    Calm(item.Lane);
                    if (item.Pending.Effect is Effect.Redraw redraw) Rest(item.Incident!, redraw.Key, rest);
                }

                item.Waiter?.TrySetResult();
            }
            else if (!item.IsInOrder) item.Waiter?.TrySetException(new StoreUnavailableException(failure.Why));
            else if (IsGivenUp(pending, failure)) dead.Add(new(pending, failure.Why, services.Clock.GetUtcNow()));
            else PutOff(item, failure.RetryAfter);
        }

        if (items[0].Incident is { } incident && (done.Count > 0 || dead.Count > 0 || delivered.Messages.Count > 0)) Record(incident, done, delivered.Messages, dead);
    }

    /// <summary>A lane delivers again: it is in trouble no more, unless something of it waits, which would never be tried again without it.</summary>
    private void Calm(string name)
    {
        lock (gate)
        {
            if (troubled.TryGetValue(name, out var lane) && lane.Items.Count == 0) troubled.Remove(name);
        }
    }

    private bool IsPutOff(List<Item> items, Exception cause)
    {
        services.Instruments.Retry(items.Count);
        foreach (var item in items)
        {
            item.Waiter?.TrySetException(cause as StoreUnavailableException ?? new StoreUnavailableException("It could not be delivered.", cause));
            if (item.IsInOrder) PutOff(item, retryAfter: null);
        }

        return true;
    }

    private bool IsGivenUp(PendingEffect pending, DeliveryFailure failure) =>
        failure.IsFinal || services.Clock.GetUtcNow() - pending.SavedAt > (pending.Effect is Effect.Publish ? MostTimeOfRepository : MostTime);

    private void PutOff(Item item, TimeSpan? retryAfter)
    {
        lock (gate)
        {
            if (!troubled.TryGetValue(item.Lane, out var lane)) troubled[item.Lane] = lane = new();
            lane.Items.AddLast(item);
            if (lane.IsWaiting) return;
            lane.IsWaiting = true;
            lane.Pause = Longer(lane.Pause);
            Beside(AfterAsync(item.Lane, retryAfter > lane.Pause ? retryAfter.Value : lane.Pause));
        }
    }

    private async Task AfterAsync(string name, TimeSpan pause)
    {
        if (!await WaitAsync(pause)) return;
        lock (gate)
        {
            if (troubled.TryGetValue(name, out var lane)) TryAgain(lane);
        }
    }

    /// <summary>What could not be reached may be now: all that waits for its lane is tried at once.</summary>
    public void TryNow()
    {
        lock (gate)
        {
            foreach (var lane in troubled.Values) TryAgain(lane);
        }
    }

    private void TryAgain(Lane lane)
    {
        lane.IsWaiting = false;
        foreach (var item in lane.Items.Reverse()) queue.AddFirst(item);
        lane.Items.Clear();
        Run();
    }

    private void Record(string incident, IEnumerable<string> delivered, IEnumerable<KeyValuePair<string, string>> messages, IEnumerable<DeadLetter> dead)
    {
        lock (gate)
        {
            var known = ProgressOf(incident);
            known.Outcomes = new(incident, known.Outcomes.Delivered.Union(delivered), known.Outcomes.Messages.SetItems(messages), known.Outcomes.Dead.AddRange(dead));
            SaveSoon(SaveAfter);
        }
    }

    private void SaveSoon(TimeSpan after)
    {
        if (isSavePlanned || stopping.IsCancellationRequested) return;
        isSavePlanned = true;
        save.Change(after, Timeout.InfiniteTimeSpan);
    }

    private async Task SaveAsync()
    {
        IReadOnlyList<string> incidents;
        lock (gate)
        {
            isSavePlanned = false;
            incidents = Unsaved();
        }

        foreach (var incident in incidents)
        {
            try
            {
                await handler.SaveOutcomesAsync(conversation, incident);
            }
            catch (Exception cause) when (cause is StoreUnavailableException or UnreadableIncidentException)
            {
                services.Log.OutcomesUnsaved(cause);
                lock (gate) SaveSoon(SaveAgainAfter);
            }
        }
    }

    private List<string> Unsaved() => [.. progress.Where(each => !each.Value.Outcomes.IsEmpty).Select(each => each.Key)];

    private Progress ProgressOf(string incident)
    {
        if (!progress.TryGetValue(incident, out var known)) progress[incident] = known = new();
        return known;
    }

    /// <summary>Publishes as often as it takes; the repository's answer is a turn of its own. One publish of a conversation at a time, in their order.</summary>
    private async Task PublishAsync(string id, PendingEffect pending, Effect.Publish publish)
    {
        await publishing.WaitAsync(CancellationToken.None);
        try
        {
            await RepeatAsync(id, pending, incident => PublishAsync(incident, pending, publish));
        }
        finally
        {
            publishing.Release();
        }
    }

    private async Task<DeliveryFailure?> PublishAsync(Incident incident, PendingEffect pending, Effect.Publish publish)
    {
        var span = TurnTrace.Span("publish", [pending]);
        var began = services.Clock.GetTimestamp();
        PublishOutcome outcome = services.Repositories.Of(incident) is not { } repository ? new PublishOutcome.Refused("Git:PrivateRemote is set no more.")
            : incident.Clashes.IsEmpty ? await repository.PublishAsync(RequestOf(incident, pending, publish), stopping.Token)
            : new PublishOutcome.Undecided();
        services.Instruments.PublishDone(services.Clock.GetElapsedTime(began), failed: outcome is PublishOutcome.Waiting or PublishOutcome.Refused);
        span.Dispose();
        if (outcome is PublishOutcome.NumberTaken) outcome = new PublishOutcome.NumberTaken(await services.Numbers.TakeAsync(conversation.Tenant, stopping.Token)); // free in the store too
        if (outcome is PublishOutcome.Done done) await services.Incidents.NotePublishedAsync(incident, done.Path, stopping.Token);
        var waits = outcome as PublishOutcome.Waiting;
        var what = outcome switch { PublishOutcome.Waiting => "waits", PublishOutcome.Edited edited => $"edited {edited.Edit.Commit}", _ => "published" };
        await handler.HandleAsync(new($"{pending.Id} {what}", publish.By, incident.Home, services.Clock.GetUtcNow(), new Deed.Published(outcome)), incident: incident.Id);
        return waits is null ? null : new(waits.Reason, IsFinal: false); // after its turn: what is lost in between is published again, and found by its trailer
    }

    private static PublishRequest RequestOf(Incident incident, PendingEffect pending, Effect.Publish publish) => new(
        incident.Report, incident.Published, publish.By, publish.Subject, publish.Trailers, pending.Id, pending.SavedAt);

    /// <summary>Gives another 8D the line that answers a link: a turn of its own, in its own conversation.</summary>
    private async Task<DeliveryFailure?> LinkAsync(Incident incident, PendingEffect pending, Effect.AnswerLink link)
    {
        if (await services.Incidents.ByNumberAsync(incident.Home.Tenant, link.Number, stopping.Token) is { Incident: var other })
        {
            await handler.HandleAsync(new($"{pending.Id} linked", Person.Bot, other.Home, services.Clock.GetUtcNow(), new Deed.Linked(link.Link)), incident: other.Id);
        }

        return null;
    }

    /// <summary>Files a note for each person that is due now; the sweep that finds it says it.</summary>
    private async Task<DeliveryFailure?> RemindAsync(Incident incident, Effect.Remind remind)
    {
        foreach (var person in remind.People) await services.Reminders.NoteNowAsync(incident, person, stopping.Token);
        return null;
    }

    /// <summary>Says to somebody alone which earlier reports look like this one.</summary>
    private async Task<DeliveryFailure?> OfferEarlierAsync(Incident incident, PendingEffect pending, Effect.OfferEarlier offer)
    {
        if (EarlierReports.Say(incident, offer, await services.Facts.EarlierAsync(incident, offer, stopping.Token)) is { } message)
        {
            await DeliverAsync([pending with { Effect = new Effect.Tell(offer.To, offer.At, message) }], incident.Id);
        }

        return null;
    }

    /// <summary>Attempts something with an 8D as it is now until it is done, given up, or another process's.</summary>
    private async Task RepeatAsync(string id, PendingEffect pending, Func<Incident, Task<DeliveryFailure?>> attempt)
    {
        for (var pause = Longer(TimeSpan.Zero); ; pause = Longer(pause))
        {
            DeliveryFailure? failure;
            try
            {
                if (!services.Replicas.IsSure) throw new StoreUnavailableException("It could not be shown for a while that this process lives, so others may deliver in its place.");
                if (await services.Incidents.ReadAsync(conversation.Tenant, id, stopping.Token) is not { Incident: var incident }
                    || incident.Outbox.Find(each => each.Id == pending.Id) is not { } still || !services.Replicas.IsOwn(still))
                {
                    lock (gate) ProgressOf(id).Taken.Remove(pending.Id);
                    return;
                }

                failure = await attempt(incident);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return; // it is in its outbox, and whoever comes next goes on
            }
            catch (Exception cause) when (cause is StoreUnavailableException or UnreadableIncidentException)
            {
                services.Log.DeliveryFailed(cause);
                failure = new(cause.Message, IsFinal: false);
            }

            if (failure is null || IsGivenUp(pending, failure))
            {
                Record(id, failure is null ? [pending.Id] : [], NoMessages, failure is null ? [] : [new(pending, failure.Why, services.Clock.GetUtcNow())]);
                return;
            }

            services.Instruments.Retry();
            if (!await WaitAsync(pause)) return;
        }
    }

    /// <summary>Waits, never exactly as long as others do.</summary>
    private async Task<bool> WaitAsync(TimeSpan pause)
    {
        try
        {
            await Task.Delay(pause * (0.75 + (Random.Shared.NextDouble() / 4)), stopping.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => pause == TimeSpan.Zero ? TimeSpan.FromSeconds(1) : pause * 2 < LongestPause ? pause * 2 : LongestPause;

    private static readonly IReadOnlyDictionary<string, string> NoMessages = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>One thing to deliver.</summary>
    /// <param name="Incident">Its 8D; null for none.</param>
    /// <param name="Pending">What; null: only a place in the order.</param>
    /// <param name="Waiter">Who waits until it is delivered; null for nobody.</param>
    private sealed record Item(string? Incident, PendingEffect? Pending, TaskCompletionSource? Waiter)
    {
        /// <summary>Whether it stands in no outbox: it is not tried again, its sender is told.</summary>
        public bool IsKeptHereAlone { get; init; }

        /// <summary>Whether it waits with its lane.</summary>
        public bool IsInOrder => Pending is not null && !IsKeptHereAlone;

        public string Lane { get; } = Pending is null ? "" : Lanes.Of(Pending.Effect);
    }

    /// <summary>A lane that failed last: its items wait until it is tried again.</summary>
    private sealed class Lane
    {
        public LinkedList<Item> Items { get; } = new();

        public TimeSpan Pause { get; set; }

        public bool IsWaiting { get; set; }
    }

    /// <summary>How far an 8D's deliveries are.</summary>
    private sealed class Progress
    {
        /// <summary>The ids of effects that were taken and are not yet saved as delivered.</summary>
        public HashSet<string> Taken { get; } = new(StringComparer.Ordinal);

        public Outcomes Outcomes { get; set; } = Outcomes.None;
    }
}
