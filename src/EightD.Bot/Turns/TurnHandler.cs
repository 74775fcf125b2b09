using System.Collections.Concurrent;
using System.Diagnostics;
using EightD.Bot.Channels;
using EightD.Bot.Telemetry;
using EightD.Incidents;
using EightD.Incidents.Cards;
using EightD.Incidents.Reminders;

namespace EightD.Bot.Turns;

/// <summary>
/// Takes turns: those of one conversation are decided one after another and saved, as many as wait, in one conditional write; what follows from them
/// is delivered after that. Different conversations do not wait for each other.
/// </summary>
internal sealed class TurnHandler(ConversationServices services) : IAsyncDisposable
{
    /// <summary>Turns that may wait, for a store that is away: beyond that nobody's words are kept in memory, and their senders are told. Long ones count as several.</summary>
    private const int MostWaiting = 1000;

    /// <summary>The characters that a turn may have more for each further one that it counts as.</summary>
    private const int Long = 10_000;

    private readonly ConcurrentDictionary<Conversation, ConversationTurns> conversations = new();
    private int waiting;

    /// <summary>Decides a turn. It is done when what it changed is safe; what is to be delivered may follow.</summary>
    /// <param name="turn">What was done.</param>
    /// <param name="shown">What the person said, where the channel keeps its talk here.</param>
    /// <param name="incident">The 8D that it is about, by id; null: the conversation's open one, else its latest.</param>
    /// <param name="tells">Whether the caller tells whoever did it what they are told, in its answer: it is delivered in no other way then.</param>
    /// <exception cref="Storage.StoreUnavailableException">It could not be saved; nothing was changed.</exception>
    /// <exception cref="UnreadableIncidentException">The conversation's 8D cannot be read; nothing was changed.</exception>
    public async Task<TurnAnswer> HandleAsync(Turn turn, Effect.Show? shown = null, string? incident = null, bool tells = false)
    {
        var where = Conversation.Of(turn.At);
        if (incident is null && ReminderForm.ReportOf(turn.Deed) is { } report && await services.Incidents.ByNumberAsync(turn.At.Tenant, report, CancellationToken.None) is { Incident: var meant })
        {
            (incident, where) = (meant.Id, Conversation.Of(meant.Home)); // a reminder lists actions of several 8Ds, and is answered where none of them is
        }

        var trace = TurnTrace.Start(turn);
        try
        {
            var answer = await BoundedAsync(LengthOf(turn.Deed), () => InAsync(where, new Arrival(turn, shown, incident) { Trace = trace, Tells = tells }));
            services.Instruments.Turn();
            trace.End();
            return answer;
        }
        catch (Exception cause)
        {
            trace.Fail(cause);
            throw;
        }
    }

    /// <summary>Says something that asks for no decision.</summary>
    /// <exception cref="Storage.StoreUnavailableException">It could not be saved.</exception>
    public Task SayAsync(Effect.Show shown) => BoundedAsync(shown.Text.Length, async () =>
    {
        await Of(Conversation.Of(shown.At)).SayAsync(shown);
        return true;
    });

    /// <summary>Ends when all that has been decided in a conversation so far is delivered to its people.</summary>
    public Task SettledAsync(Conversation conversation) => conversations.TryGetValue(conversation, out var turns) ? turns.SettledAsync() : Task.CompletedTask;

    /// <summary>Tries at once what could not be delivered in a conversation: the bot was let in.</summary>
    public void DeliverNow(Conversation conversation)
    {
        if (conversations.TryGetValue(conversation, out var turns)) turns.DeliverNow();
    }

    /// <summary>Goes on with an 8D where a process that died left off: delivers, and asks what was waiting. One that was never opened is removed.</summary>
    public Task TakeOverAsync(Incident incident) => InAsync(Conversation.Of(incident.Home), new Arrival(null, null, incident.Id) { IsLeftBehind = true });

    /// <summary>Goes on in a conversation that its channel calls otherwise from now on, with the 8D that it had last.</summary>
    /// <exception cref="Storage.StoreUnavailableException">It could not be saved; done again it goes on.</exception>
    public async Task MoveAsync(Conversation old, string name)
    {
        if (await services.Incidents.PointerAsync(old, CancellationToken.None) is not { } pointer) return;
        await services.Incidents.TryPointAsync(old with { Name = name }, pointer.Id, before: null, CancellationToken.None); // where one was begun meanwhile it stays
        await HandleAsync(new($"moved {old.Name}", Person.Bot, new Place(old.Tenant, name), services.Clock.GetUtcNow(), new Deed.Moved()), incident: pointer.Id);
    }

    /// <summary>Saves what became of an 8D's deliveries.</summary>
    public Task SaveOutcomesAsync(Conversation conversation, string incident) => InAsync(conversation, new Arrival(null, null, incident));

    /// <summary>Finishes what was taken.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(conversations.Values.Select(turns => turns.DisposeAsync().AsTask()));
        try
        {
            await services.Replicas.LeaveAsync(CancellationToken.None);
        }
        catch (Storage.StoreUnavailableException cause)
        {
            services.Log.OutcomesUnsaved(cause); // others see it by its silence
        }
    }

    private async Task<T> BoundedAsync<T>(int length, Func<Task<T>> taken)
    {
        var weight = 1 + (length / Long);
        try
        {
            if (Interlocked.Add(ref waiting, weight) > MostWaiting) throw new Storage.StoreUnavailableException("Too much waits already.");
            return await taken();
        }
        finally
        {
            Interlocked.Add(ref waiting, -weight);
        }
    }

    private static int LengthOf(Deed deed) => deed switch
    {
        Deed.Reply reply => reply.Text.Length,
        Deed.Answer answer => answer.Text.Length,
        Deed.Note note => note.Text.Length,
        Deed.Submit submit => submit.Values.Values.Sum(value => value.Length),
        _ => 0,
    };

    private Task<TurnAnswer> InAsync(Conversation conversation, Arrival arrival) => Of(conversation).HandleAsync(arrival);

    private ConversationTurns Of(Conversation conversation) => conversations.GetOrAdd(conversation, name => new ConversationTurns(name, services, this));
}

/// <summary>What a channel answers to whoever did it.</summary>
/// <param name="Form">A form to open; null for none.</param>
/// <param name="Errors">Why a form was refused, by input; null when it was not.</param>
/// <param name="Told">What they are told alone, where the answer is to say it.</param>
internal sealed record TurnAnswer(Form? Form, IReadOnlyDictionary<string, string>? Errors, IReadOnlyList<Message> Told)
{
    /// <summary>It was taken.</summary>
    public static readonly TurnAnswer None = new(Form: null, Errors: null, []);
}

/// <summary>A turn that waits to be decided.</summary>
/// <param name="Turn">The turn; null: only the outcomes of deliveries are to be saved.</param>
/// <param name="Shown">What the person said.</param>
/// <param name="Incident">The 8D that it is about; null: the conversation's.</param>
internal sealed record Arrival(Turn? Turn, Effect.Show? Shown, string? Incident)
{
    private readonly TaskCompletionSource<TurnAnswer> done = new();

    /// <summary>Whether it is about what a process that died left behind.</summary>
    public bool IsLeftBehind { get; init; }

    /// <summary>Whether its answer says what whoever did it is told alone.</summary>
    public bool Tells { get; init; }

    /// <summary>Its trace; null where nobody listens.</summary>
    public Activity? Trace { get; init; }

    /// <summary>Ends with what is answered.</summary>
    public Task<TurnAnswer> Done => done.Task;

    /// <summary>Whether its answer says this, so that it is not delivered.</summary>
    public bool IsSaidByAnswer(Effect effect) => Tells && effect is Effect.Tell tell && tell.To.Id == Turn!.By.Id;

    public void Answer(Decision decision) => Answer(new TurnAnswer(decision.Form, decision.Errors, Tells ? [.. decision.Effects.Where(IsSaidByAnswer).Select(effect => ((Effect.Tell)effect).Message)] : []));

    public void Answer(TurnAnswer answer) => done.TrySetResult(answer);

    public bool Fail(Exception cause) => done.TrySetException(cause);
}
