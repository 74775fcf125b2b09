using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using EightD.Bot.Channels;
using EightD.Bot.Storage;
using EightD.Bot.Telemetry;
using EightD.Incidents;

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

    private readonly Conversation conversation;
    private readonly ConversationServices services;
    private readonly Deliveries deliveries;
    private readonly ConversationTimer timer;
    private readonly BusyMarkers busy;
    private readonly Lock gate = new();
    private readonly LinkedList<Arrival> waiting = new();
    private volatile Task running = Task.CompletedTask;
    private bool isRunning;

    public ConversationTurns(Conversation conversation, ConversationServices services, TurnHandler handler)
    {
        (this.conversation, this.services) = (conversation, services);
        deliveries = new(conversation, services, handler);
        timer = new(handler, services.Clock);
        busy = new(services.Blobs, services.Clock);
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

    /// <inheritdoc cref="TurnHandler.ResumeAsync"/>
    public async Task ResumeAsync(Incident incident, string marker)
    {
        await busy.AdoptAsync(incident, marker, CancellationToken.None);
        services.Instruments.Outbox(incident.Id, incident.Outbox);
        deliveries.Enqueue(incident.Id, incident.Outbox);
        timer.Set(incident);
        if (incident.Outbox.IsEmpty) await HandleAsync(new(null, null, incident.Id));
    }

    public async ValueTask DisposeAsync()
    {
        timer.Dispose();
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
            while (waiting.First is { } next && batch.Count < LargestBatch && (batch.Count == 0 || batch[0].Incident == next.Value.Incident))
            {
                batch.Add(next.Value);
                waiting.RemoveFirst();
            }

            isRunning = batch.Count > 0;
            return batch;
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
            if (await TryTakeAsync(batch)) return;
            services.Instruments.Conflict();
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 20 << Math.Min(attempt, 4))));
        }

        throw new StoreUnavailableException("Too many people write here at this moment; please try again.");
    }

    /// <summary>Decides and saves; false where somebody else wrote first and nothing was changed.</summary>
    private async Task<bool> TryTakeAsync(List<Arrival> batch)
    {
        var reading = TurnTrace.Span("store.read", batch);
        var pointer = await services.Incidents.PointerAsync(conversation, CancellationToken.None);
        var id = batch[0].Incident ?? pointer?.Id;
        var stored = id is null ? null : await services.Incidents.ReadAsync(conversation.Tenant, id, CancellationToken.None);
        reading.Dispose();
        if (stored is not null && (deliveries.IsPostingCard(stored.Incident) || deliveries.OutcomesOf(id).ApplyTo(stored.Incident).Outbox.Count > Crowded)) await deliveries.SettledAsync();

        var outcomes = deliveries.OutcomesOf(stored?.Incident.Id);
        var round = new Round(stored?.Incident is { } incident ? outcomes.ApplyTo(incident) : null);
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
                if (!await TryStartAsync(arrival, decision, facts, pointer)) return false;
                round.Decided.Clear();
                PutBack(batch.Skip(1));
                return true;
            }

            round.Add(arrival, decision, Pending(arrival, decision.Effects, now));
        }

        var writing = TurnTrace.Span("store.write", round.Decided.Select(decided => decided.Arrival));
        if (!await TrySaveAsync(stored, round, outcomes)) return false;
        writing.Dispose();
        var left = batch.FindIndex(arrival => arrival.Turn is not null && round.Decided.TrueForAll(decided => decided.Arrival != arrival));
        if (left >= 0) PutBack(batch.Skip(left));
        await FinishAsync(round);
        foreach (var arrival in batch.Where(each => each.Turn is null)) arrival.Answer(new(null, null));
        return true;
    }

    private async Task<bool> TrySaveAsync(StoredIncident? stored, Round round, Outcomes outcomes)
    {
        if (stored is null) return true;
        var before = stored.Incident;
        if (ReferenceEquals(round.Incident, before))
        {
            await busy.ClearAsync(before, CancellationToken.None);
            return true;
        }

        var after = round.Incident!;
        var (log, leave) = after.Log.Spill(after.Report);
        if (leave.Count > 0)
        {
            await services.Incidents.KeepHistoryAsync(after, leave, CancellationToken.None);
            after = after with { Log = log };
        }

        await services.Incidents.NoteChangeAsync(before, after, CancellationToken.None);
        await busy.MarkAsync(after, CancellationToken.None);
        if (await services.Incidents.TryWriteAsync(after, stored.ETag, CancellationToken.None) is null) return false;

        services.Instruments.Outbox(after.Id, after.Outbox);
        deliveries.Forget(outcomes);
        if (before.IsOpen && !after.IsOpen) await services.Incidents.NoteEndAsync(after, CancellationToken.None);
        await busy.ClearAsync(after, CancellationToken.None);
        timer.Set(after);
        return true;
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
            facts = facts with { NextNumber = await services.Numbers.TakeAsync(CancellationToken.None) };
            decision = Deciding.Decide(found?.Incident, arrival.Turn!, facts, now);
        }

        var begun = decision.Incident! with { Outbox = [.. Pending(arrival, decision.Effects, now)] };
        await busy.MarkAsync(begun, CancellationToken.None);
        await services.Incidents.NoteStartAsync(begun, CancellationToken.None);
        var written = await services.Incidents.TryWriteAsync(begun, etag: null, CancellationToken.None)
            ?? await services.Incidents.ReadAsync(conversation.Tenant, begun.Id, CancellationToken.None); // a process that ended before it was opened
        if (!await services.Incidents.TryPointAsync(conversation, begun.Id, pointer, CancellationToken.None))
        {
            await services.Incidents.RemoveAsync(begun, CancellationToken.None);
            await busy.ForgetAsync(begun, CancellationToken.None);
            return false;
        }

        services.Instruments.Outbox(begun.Id, written!.Incident.Outbox);
        deliveries.Enqueue(begun.Id, written.Incident.Outbox);
        timer.Set(written.Incident);
        arrival.Answer(new(decision.Form, decision.Errors));
        return true;
    }

    private async Task FinishAsync(Round round)
    {
        foreach (var decided in round.Decided)
        {
            if (decided.Decision.Settings is { } settings) await services.Incidents.WriteSettingsAsync(conversation.Tenant, settings, CancellationToken.None);
            var answer = new TurnAnswer(decided.Decision.Form, decided.Decision.Errors);
            if (decided.IsSaved)
            {
                deliveries.Enqueue(round.Incident!.Id, decided.Effects);
                decided.Arrival.Answer(answer);
            }
            else
            {
                _ = AnswerWhenDeliveredAsync(decided, answer);
            }
        }
    }

    /// <summary>What changed no 8D is kept nowhere else: it is answered when it is safe with the channel.</summary>
    private async Task AnswerWhenDeliveredAsync(Decided decided, TurnAnswer answer)
    {
        try
        {
            await deliveries.DeliverAsync(decided.Effects, decided.Decision.Incident?.Id);
            decided.Arrival.Answer(answer);
        }
        catch (Exception cause) when (decided.Arrival.Fail(cause))
        {
            services.Log.AnswerFailed(cause);
        }
    }

    /// <summary>The effects with their ids, made from the request and their place: the same turn gives the same ids.</summary>
    private ImmutableList<PendingEffect> Pending(Arrival arrival, IReadOnlyList<Effect> effects, DateTimeOffset now)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{conversation.Tenant}\n{conversation.Name}\n{arrival.Turn!.Request}"));
        var all = effects.Select((effect, place) => new PendingEffect(IdOf(hash, place), effect, now));
        ImmutableList<PendingEffect> pending = [.. arrival.Shown is { } shown ? all.Prepend(new(shown.Id, shown, now)) : all];
        arrival.Trace.Follow(pending);
        return pending;
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

        public void Add(Arrival arrival, Decision decision, ImmutableList<PendingEffect> effects)
        {
            var isSaved = decision.Incident is not null && !ReferenceEquals(decision.Incident, Incident);
            if (isSaved) Incident = decision.Incident! with { Outbox = decision.Incident.Outbox.AddRange(effects) };
            Decided.Add(new(arrival, decision, effects, isSaved));
        }
    }

    private sealed record Decided(Arrival Arrival, Decision Decision, ImmutableList<PendingEffect> Effects, bool IsSaved);
}
