using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using EightD.Bot.Channels;
using EightD.Bot.Storage;
using EightD.Bot.Telemetry;
using EightD.Incidents;
using EightD.Incidents.Actions;

namespace EightD.Bot.Turns;

/// <summary>
/// The turns of one conversation, decided one after another. All that wait for one 8D are saved in one conditional write, and only then delivered; where
/// another process wrote first they are decided again from what it wrote.
/// </summary>
internal sealed class ConversationTurns : IAsyncDisposable
{
    private const int LargestBatch = 64;

    /// <summary>Undelivered effects above which the next turns wait for the deliveries: a batch adds some 200, and 500 are the most.</summary>
    private const int Crowded = 200;
    private const int Tries = 8;

    /// <summary>How often it is looked for a card that another process posts.</summary>
    private const int OthersWaits = 20;
    private static readonly TimeSpan OthersWait = TimeSpan.FromMilliseconds(100);

    private readonly Conversation conversation;
    private readonly ConversationServices services;
    private readonly Deliveries deliveries;
    private readonly ConversationTimer timer;
    private readonly Lock gate = new();
    private readonly LinkedList<Arrival> waiting = new();
    private volatile Task running = Task.CompletedTask;
    private bool isRunning;

    public ConversationTurns(Conversation conversation, ConversationServices services, TurnHandler handler)
    {
        (this.conversation, this.services) = (conversation, services);
        deliveries = new(conversation, services, handler);
        timer = new(handler, services.Clock);
    }

    public Task<TurnAnswer> HandleAsync(Arrival arrival)
    {
        lock (gate)
        {
            waiting.AddLast(arrival);
            if (isRunning) return arrival.Done;
            isRunning = true;
        }

        running = RunAsync(); // decides here and now: no other thread need wake up for it
        return arrival.Done;
    }

    /// <inheritdoc cref="TurnHandler.SayAsync"/>
    public Task SayAsync(Effect.Show shown) => deliveries.DeliverAsync([new(shown.Id, shown, services.Clock.GetUtcNow())]);

    /// <inheritdoc cref="TurnHandler.SettledAsync"/>
    public Task SettledAsync() => deliveries.SettledAsync();

    /// <inheritdoc cref="TurnHandler.DeliverNow"/>
    public void DeliverNow() => deliveries.TryNow();

    public async ValueTask DisposeAsync()
    {
        timer.Dispose();
        await running;
        foreach (var incident in await deliveries.StopAsync())
        {
            try
            {
                await HandleAsync(new(null, null, incident));
            }
            catch (Exception cause) when (cause is StoreUnavailableException or UnreadableIncidentException)
            {
                services.Log.OutcomesUnsaved(cause);
            }
        }

        await running;
        await deliveries.DisposeAsync();
    }

    private async Task RunAsync()
    {
        while (NextBatch() is { Count: > 0 } batch)
        {
            try
            {
                await TakeAsync(batch);
            }
            catch (StoreUnavailableException cause)
            {
                List<Arrival> all = [.. batch, .. Waiting()]; // those behind need the same store: they are told now, not after as long again
                Fail(all, cause);
                services.Log.TurnsFailed(cause, all.Count);
            }
            catch (Exception cause) when (Fail(batch, cause))
            {
                services.Log.TurnsFailed(cause, batch.Count);
            }
        }
    }

    private List<Arrival> NextBatch()
    {
        lock (gate)
        {
            List<Arrival> batch = [];
            while (waiting.First is { } next && batch.Count < LargestBatch && (batch.Count == 0 || (batch[0].Incident == next.Value.Incident && !batch[0].IsLeftBehind && !next.Value.IsLeftBehind)))
            {
                batch.Add(next.Value);
                waiting.RemoveFirst();
            }

            isRunning = batch.Count > 0;
            return batch;
        }
    }

    private List<Arrival> Waiting()
    {
        lock (gate)
        {
            List<Arrival> all = [.. waiting];
            waiting.Clear();
            return all;
        }
    }

    private void PutBack(IEnumerable<Arrival> arrivals)
    {
        lock (gate)
        {
            foreach (var arrival in arrivals.Reverse()) waiting.AddFirst(arrival);
        }
    }

    private static bool Fail(List<Arrival> batch, Exception cause)
    {
        foreach (var arrival in batch) arrival.Fail(cause);
        return true;
    }

    private async Task TakeAsync(List<Arrival> batch)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await TryTakeAsync(batch, mayRemember: attempt == 0 && !batch[0].IsLeftBehind)) return;
            services.Instruments.Conflict();
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 20 << Math.Min(attempt, 4))));
        }

        throw new StoreUnavailableException("Too many people write here at this moment; please try again.");
    }

    /// <summary>Decides and saves; false where somebody else wrote first and nothing was changed.</summary>
    /// <param name="batch">Turns of one 8D.</param>
    /// <param name="mayRemember">Whether the 8D may be as this process saw it last: what is written then holds only if it still is so.</param>
    private async Task<bool> TryTakeAsync(List<Arrival> batch, bool mayRemember)
    {
        var reading = TurnTrace.Span("store.read", batch);
        var found = await FindAsync(batch[0].Incident, mayRemember);
        reading.Dispose();
        if (batch[0].IsLeftBehind && await TryRemoveUnopenedAsync(found.Stored))
        {
            batch[0].Answer(TurnAnswer.None);
            return true;
        }

        if (found.Stored is not null) found = await SettleAsync(found);

        var outcomes = deliveries.OutcomesOf(found.Stored?.Incident.Id);
        var round = new Round(found.Stored?.Incident is { } incident ? await ClaimAsync(outcomes.ApplyTo(incident)) : null);
        foreach (var arrival in batch)
        {
            if (arrival.Turn is not { } turn) continue;
            var facts = await services.Facts.ForAsync(turn, round.Incident, CancellationToken.None);
            var now = services.Clock.GetUtcNow();
            var deciding = TurnTrace.Span("decide", arrival);
            var decision = Deciding.Decide(round.Incident, turn, facts, now);
            deciding.Dispose();
            if (decision.Incident is { } begun && begun.Id != round.Incident?.Id)
            {
                if (arrival != batch[0]) break;
                if (!await TryStartAsync(arrival, decision, facts, found.Pointer)) return false;
                round.Decided.Clear();
                PutBack(batch.Skip(1));
                return true;
            }

            round.Add(arrival, facts.Settings, decision, Pending(arrival, decision.Effects, now, round.Incident));
        }

        if (found.IsRemembered && round.Decided.Exists(decided => !decided.IsSaved)) return await TryTakeAsync(batch, mayRemember: false); // no write would tell that it was so no more
        var writing = TurnTrace.Span("store.write", round.Decided.Select(decided => decided.Arrival));
        if (!await TrySaveAsync(found.Stored, round, outcomes)) return false;
        writing.Dispose();
        var first = batch.FindIndex(arrival => arrival.Turn is not null && round.Decided.TrueForAll(decided => decided.Arrival != arrival));
        if (first >= 0) PutBack(batch.Skip(first));
        await FinishAsync(round);
        foreach (var arrival in batch.Where(each => each.Turn is null)) arrival.Answer(TurnAnswer.None);
        return true;
    }

    private async ValueTask<Found> FindAsync(string? id, bool mayRemember)
    {
        var isRemembered = mayRemember && services.Replicas.AreSeveral;
        if (id is not null)
        {
            var named = mayRemember ? await services.Incidents.RecallAsync(conversation.Tenant, id, CancellationToken.None) : await services.Incidents.ReadToWriteAsync(conversation.Tenant, id, CancellationToken.None);
            return new(null, named, isRemembered);
        }

        if (mayRemember && services.Incidents.Remembered(conversation) is var (kept, open)) return new(kept, open, isRemembered);
        var pointer = await services.Incidents.PointerAsync(conversation, CancellationToken.None);
        return new(pointer, pointer is null ? null : await services.Incidents.ReadToWriteAsync(conversation.Tenant, pointer.Id, CancellationToken.None), IsRemembered: false);
    }

    /// <summary>Waits until a card that is on its way has its id, and while too much is undelivered.</summary>
    private async Task<Found> SettleAsync(Found found)
    {
        for (var wait = 0; deliveries.IsPostingCard(found.Stored!.Incident) && wait < OthersWaits && found.Stored.Incident.Outbox.Exists(IsOthers); wait++)
        {
            await Task.Delay(OthersWait);
            found = found with { Stored = await services.Incidents.ReadToWriteAsync(conversation.Tenant, found.Stored.Incident.Id, CancellationToken.None) ?? found.Stored };
        }

        if (deliveries.IsPostingCard(found.Stored.Incident) || deliveries.OutcomesOf(found.Stored.Incident.Id).ApplyTo(found.Stored.Incident).Outbox.Count > Crowded) await deliveries.SettledAsync();
        return found;
    }

    private bool IsOthers(PendingEffect pending) => pending.Claimant is { } process && process != services.Replicas.Own && services.Replicas.IsLive(process);

    /// <summary>Claims what processes left undelivered that are dead; the same 8D where there is nothing of that kind.</summary>
    private async ValueTask<Incident> ClaimAsync(Incident incident)
    {
        if (!services.Replicas.AreSeveral || incident.Outbox.IsEmpty) return incident;
        await services.Replicas.LookForAsync(incident.Outbox, CancellationToken.None);
        return incident.Outbox.TrueForAll(IsClaimed) ? incident : incident with
        {
            Outbox = [.. incident.Outbox.Select(pending => IsClaimed(pending) ? pending : pending with { Claimant = services.Replicas.Own })],
        };
    }

    private bool IsClaimed(PendingEffect pending) => pending.Claimant is { } process && services.Replicas.IsLive(process);

    private async Task<bool> TrySaveAsync(StoredIncident? stored, Round round, Outcomes outcomes)
    {
        if (stored is null) return true;
        var before = stored.Incident;
        var after = round.Incident!;
        await services.Busy.MarkAsync(after, CancellationToken.None);
        if (!ReferenceEquals(after, before))
        {
            var (log, leave) = after.Log.Spill(after.Report);
            if (leave.Length > 0)
            {
                await services.Retention.NoteHistoryAsync(after, leave[0], CancellationToken.None);
                await services.Incidents.KeepHistoryAsync(after, leave, CancellationToken.None);
                after = after with { Log = log };
            }

            foreach (var erased in round.Decided.Where(decided => decided.IsSaved).Select(decided => decided.Arrival.Turn?.Deed).OfType<Deed.TeamErase>())
            {
                await services.Incidents.EraseAsync(before, Erasing.NamesOf(before, erased.Name), CancellationToken.None); // first: a name that is out of the 8D is not known any more
            }

            await services.Incidents.NoteChangeAsync(before, after, CancellationToken.None);
            await services.Retention.NoteChangeAsync(before, after, CancellationToken.None);
            await services.Reminders.NoteChangeAsync(before, after, CancellationToken.None);
            if (await services.Incidents.TryWriteAsync(after, stored.ETag, CancellationToken.None) is null) return false;

            deliveries.Forget(outcomes);
            await services.Incidents.UnnoteChangeAsync(before, after, CancellationToken.None);
        }

        Follow(after);
        return true;
    }

    /// <summary>Goes on with what an 8D that is saved has to deliver and to ask.</summary>
    private void Follow(Incident incident)
    {
        services.Instruments.Outbox(incident.Id, services.Replicas.AreSeveral ? incident.Outbox.FindAll(services.Replicas.IsOwn) : incident.Outbox);
        services.Busy.Note(incident);
        deliveries.Take(incident);
        timer.Set(incident);
    }

    /// <summary>
    /// Begins an 8D: number, marker, notes, the 8D itself, and last the conversation's pointer, which arbitrates: who loses takes the 8D away again and
    /// is decided anew.
    /// </summary>
    private async Task<bool> TryStartAsync(Arrival arrival, Decision decision, Facts facts, Pointer? pointer)
    {
        using var writing = TurnTrace.Span("store.write", arrival);
        var now = services.Clock.GetUtcNow();
        if (decision.Incident!.Number == 0)
        {
            var found = pointer is null ? null : await services.Incidents.ReadAsync(conversation.Tenant, pointer.Id, CancellationToken.None);
            facts = facts with { NextNumber = await services.Numbers.TakeAsync(conversation.Tenant, CancellationToken.None) };
            decision = Deciding.Decide(found?.Incident, arrival.Turn!, facts, now);
        }

        var begun = decision.Incident! with { Outbox = [.. Pending(arrival, decision.Effects, now, before: null)] };
        await services.Busy.MarkAsync(begun, CancellationToken.None);
        await services.Incidents.NoteStartAsync(begun, CancellationToken.None);
        await services.Reminders.NoteAsync(begun, CancellationToken.None); // it may go on with somebody's actions
        var isOwn = await services.Incidents.TryWriteAsync(begun, etag: null, CancellationToken.None) is not null; // else the same start is at work elsewhere, or was when its process ended
        if (!isOwn && await services.Incidents.ReadToWriteAsync(conversation.Tenant, begun.Id, CancellationToken.None) is null) return false; // it went meanwhile; a pointer to it would name nothing
        if (!await services.Incidents.TryPointAsync(conversation, begun.Id, pointer, CancellationToken.None))
        {
            if (isOwn && (await services.Incidents.PointerAsync(conversation, CancellationToken.None))?.Id != begun.Id) await services.Incidents.RemoveAsync(begun, CancellationToken.None);
            return false;
        }

        if (facts.Named?.Homeless is { } taken) await services.Incidents.RemoveTakenUpAsync(taken, CancellationToken.None);
        if (isOwn) Follow(begun);
        else _ = HandleAsync(new(null, null, begun.Id)); // takes over what the other process claimed, where that is dead
        arrival.Answer(decision);
        return true;
    }

    /// <summary>Removes an 8D whose process died before it was opened: nobody was told of it. False where it is none of that kind.</summary>
    private async ValueTask<bool> TryRemoveUnopenedAsync(StoredIncident? stored)
    {
        if (stored is not { Incident: { IsOpen: true, IsHomeless: false } incident } || (await services.Incidents.PointerAsync(conversation, CancellationToken.None))?.Id == incident.Id) return false;
        await services.Incidents.RemoveAsync(incident, CancellationToken.None);
        return true;
    }

    private async Task FinishAsync(Round round)
    {
        foreach (var decided in round.Decided)
        {
            if (decided.Decision.Settings is { } settings)
            {
                await services.Reminders.NoteReturnsAsync(conversation, settings, CancellationToken.None);
                await services.Incidents.WriteSettingsAsync(conversation.Tenant, decided.Settings, settings, CancellationToken.None);
            }

            if (decided.IsSaved) decided.Arrival.Answer(decided.Decision);
            else _ = AnswerWhenDeliveredAsync(decided);
        }
    }

    /// <summary>What changed no 8D is kept nowhere else: it is answered when it is safe with the channel.</summary>
    private async Task AnswerWhenDeliveredAsync(Decided decided)
    {
        try
        {
            await deliveries.DeliverAsync(decided.Effects, decided.Decision.Incident?.Id);
            decided.Arrival.Answer(decided.Decision);
        }
        catch (Exception cause) when (decided.Arrival.Fail(cause))
        {
            services.Log.AnswerFailed(cause);
        }
    }

    /// <summary>The effects with their ids, made from the request and their place: the same turn gives the same ids.</summary>
    private ImmutableList<PendingEffect> Pending(Arrival arrival, IReadOnlyList<Effect> effects, DateTimeOffset now, Incident? before)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{conversation.Tenant}\n{conversation.Name}\n{arrival.Turn!.Request}"));
        var all = effects.Index().Where(each => !arrival.IsSaidByAnswer(each.Item)).Select(each => new PendingEffect(IdOf(hash, each.Index), each.Item, now, ClaimantOf(each.Item, before)));
        ImmutableList<PendingEffect> pending = [.. arrival.Shown is { } shown ? all.Prepend(new(shown.Id, shown, now, ClaimantOf(shown, before))) : all];
        arrival.Trace.Follow(pending);
        return pending;
    }

    /// <summary>Who delivers an effect: whoever still has some of its lane to deliver, for their order; else this process.</summary>
    private string? ClaimantOf(Effect effect, Incident? before)
    {
        if (!services.Replicas.AreSeveral) return null;
        var lane = Lanes.Of(effect);
        return before?.Outbox.FindLast(pending => Lanes.Of(pending.Effect) == lane)?.Claimant ?? services.Replicas.Own;
    }

    private static string IdOf(byte[] hash, int place)
    {
        Span<byte> id = stackalloc byte[8];
        hash.AsSpan(0, 8).CopyTo(id);
        id[6] = (byte)(place >> 8);
        id[7] = (byte)place;
        return Convert.ToHexStringLower(id);
    }

    /// <summary>What a batch of turns makes of an 8D.</summary>
    private sealed class Round(Incident? incident)
    {
        public Incident? Incident { get; private set; } = incident;

        public List<Decided> Decided { get; } = [];

        public void Add(Arrival arrival, WorkspaceSettings settings, Decision decision, ImmutableList<PendingEffect> effects)
        {
            var isSaved = decision.Incident is not null && !ReferenceEquals(decision.Incident, Incident);
            if (isSaved) Incident = decision.Incident! with { Outbox = decision.Incident.Outbox.AddRange(effects) };
            Decided.Add(new(arrival, settings, decision, effects, isSaved));
        }
    }

    /// <summary>The 8D that turns are about.</summary>
    /// <param name="Pointer">What names it as its conversation's; null where it was named by its id, or there is none.</param>
    /// <param name="Stored">The 8D; null where there is none.</param>
    /// <param name="IsRemembered">Whether another process may have changed it since it was seen.</param>
    private sealed record Found(Pointer? Pointer, StoredIncident? Stored, bool IsRemembered);

    private sealed record Decided(Arrival Arrival, WorkspaceSettings Settings, Decision Decision, ImmutableList<PendingEffect> Effects, bool IsSaved);
}
