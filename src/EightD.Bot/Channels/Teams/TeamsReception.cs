using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EightD.Bot.Storage;
using EightD.Bot.Turns;
using EightD.Incidents;
using EightD.Incidents.Cards;

namespace EightD.Bot.Channels.Teams;

/// <summary>
/// Takes what Teams brings: makes turns of it, and answers when what they changed is safe. Teams brings nothing again that was answered with an error, so
/// whoever's words could not be kept is told.
/// </summary>
internal sealed class TeamsReception(
    TurnHandler turns, IncidentStore incidents, TeamsReferences references, TeamsDirectory directory, TeamsChannel channel, TeamsReports reports, Once<TeamsReply> once, TimeProvider clock,
    ILogger<TeamsReception> log)
{
    /// <summary>The message actions by the names that the manifest gives them.</summary>
    public const string CaptureAction = "add_to_8d", StartAction = "start_8d";

    /// <summary>Teams waits fifteen seconds for a message's answer, and people's patience with a button that spins is shorter.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10), AtOnce = TimeSpan.FromSeconds(4);

    /// <summary>What is being done now, by what was done: Teams sends a press that is not answered in time again with another id.</summary>
    private readonly ConcurrentDictionary<string, Task<TeamsReply>> doing = new(StringComparer.Ordinal);

    /// <summary>Takes an activity whose token was validated.</summary>
    public async Task<TeamsReply> TakeAsync(TeamsActivity activity)
    {
        if (TeamsPlace.Of(activity) is not { } place || activity.Id is not { } id) return activity.Type == "invoke" ? TeamsReply.Unknown : TeamsReply.Done;
        if (activity.Type == "installationUpdate" && activity.Action?.StartsWith("remove", StringComparison.Ordinal) == true)
        {
            await references.LoseAsync(place.InConversation, CancellationToken.None);
            return TeamsReply.Done;
        }

        var learning = references.KnowAsync(activity, place, CancellationToken.None).AsTask();
        if (!await IsKeptAsync(learning)) return Lost(activity, learning);
        if (await learning) turns.DeliverNow(place.InConversation); // it was lost, and is back
        return activity.Type switch
        {
            "message" when activity.From?.Id is { } user && user != activity.Recipient?.Id => await MessageAsync(activity, place, id),
            "messageUpdate" when activity.From?.Id is { } && activity.ChannelData?.EventType is "editMessage" or "undeleteMessage" => await SaidAsync(activity, place, TeamsSaid.Change(activity)),
            "messageDelete" when activity.From?.Id is { } => await SaidAsync(activity, place, new TeamsSaid($"delete {id}", id, new Deed.Reworded(id, Text: null), [])),
            "invoke" when activity.From?.Id is { } => await InvokeAsync(activity, place, id),
            "installationUpdate" => await WelcomeAsync(activity, place, id),
            _ => activity.Type == "invoke" ? TeamsReply.Unknown : TeamsReply.Done,
        };
    }

    private async Task<TeamsReply> MessageAsync(TeamsActivity activity, TeamsPlace place, string id) =>
        activity.Value is { } value && string.IsNullOrWhiteSpace(activity.Text) && AdaptiveCards.PressOf(value) is { } press
            ? await InTimeAsync(activity, place, once.DoAsync(id, () => PressAsync(activity, place, press, isInvoke: false)), Soon)
            : await SaidAsync(activity, place, TeamsSaid.Of(activity, place));

    private async Task<TeamsReply> SaidAsync(TeamsActivity activity, TeamsPlace place, TeamsSaid? said) => said is null ? TeamsReply.Done
        : await InTimeAsync(activity, place, once.DoAsync(said.Request, async () =>
        {
            var by = await WhoAsync(activity, place);
            await turns.HandleAsync(new(said.Request, by, await PlaceAsync(place, said.Deed), activity.Timestamp ?? clock.GetUtcNow(), said.Deed, said.Message, said.Mentioned));
            return TeamsReply.Done;
        }), Soon);

    private Task<TeamsReply> InvokeAsync(TeamsActivity activity, TeamsPlace place, string id)
    {
        if (activity is { Name: "task/submit" or "composeExtension/submitAction", Value: { } submitted } && TeamsFormPlace.Of(submitted) is { } carried)
        {
            return SubmitAsync(activity, place, carried, AdaptiveCards.ValuesOf(submitted));
        }

        Func<Task<TeamsReply>>? work = (activity.Name, activity.Value) switch
        {
            ("adaptiveCard/action", { } value) when AdaptiveCards.PressOf(value) is { } press => () => PressAsync(activity, place, press, isInvoke: true),
            ("task/fetch", { } value) when AdaptiveCards.PressOf(value) is { } press => () => OpenAsync(activity, place, press, captured: null),
            ("composeExtension/fetchTask", { } value) when TeamsCapturing.CommandOf(value) == CaptureAction && TeamsCapturing.Of(value) is { } message => () => OpenAsync(activity, place, new("form", Form.Capture), message),
            ("composeExtension/fetchTask", { } value) when TeamsCapturing.CommandOf(value) == StartAction => () => OpenAsync(activity, place, new("form", Form.Start), captured: null),
            ("fileConsent/invoke", { } value) => () => reports.ConsentAsync(activity, place, value),
            _ => null,
        };
        if (work is null) return Task.FromResult(TeamsReply.Unknown);
        var what = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{activity.Name}\n{place}\n{activity.From!.Id}\n{activity.ReplyToId}\n{activity.Value}")));
        var begun = doing.GetOrAdd(what, _ => once.DoAsync(id, work));
        _ = begun.ContinueWith(_ => doing.TryRemove(KeyValuePair.Create(what, begun)), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return InTimeAsync(activity, place, begun, AtOnce);
    }

    /// <summary>A button. What whoever pressed is told stands in the answer where it is one sentence, else in a message of its own.</summary>
    private async Task<TeamsReply> PressAsync(TeamsActivity activity, TeamsPlace place, TeamsPress press, bool isInvoke)
    {
        if (await IsStrangerAsync(activity, place, press)) return isInvoke ? TeamsReply.Toast(ChannelTexts.Get("TeamsStranger")) : TeamsReply.Done;
        var at = Of(place, press);
        var conversation = at.InConversation;
        if (press is { About: null, IsOnCard: true } && activity.ReplyToId is { } card && place.Root is { } root) channel.Sees(conversation, root, card);
        var by = await WhoAsync(activity, place);
        if (press.Action == TeamsChannel.DownloadAction) return await reports.HandOverAsync(conversation, at.Root, by, press.Value, isInvoke);
        var deed = new Deed.Press(press.Action, press.Value);
        var answer = await turns.HandleAsync(new($"press {activity.Id}", by, await PlaceAsync(at, deed), clock.GetUtcNow(), deed), tells: true);
        if (isInvoke && answer.Told is [{ Card: null or { Buttons.Count: 0, Body: null, Fields.Count: 0 }, Text: { Length: < 200 } text }]) return TeamsReply.Toast(text);
        foreach (var message in answer.Told) await channel.TellAsync(conversation, at.Root, by.Id, message, CancellationToken.None);
        return isInvoke ? TeamsReply.Pressed : TeamsReply.Done;
    }

    /// <summary>Opens a form; where there is none to open, its place says why.</summary>
    private async Task<TeamsReply> OpenAsync(TeamsActivity activity, TeamsPlace place, TeamsPress press, (CapturedMessage Whose, string Text)? captured)
    {
        if (await IsStrangerAsync(activity, place, press)) return TeamsReply.Dialog(AdaptiveCards.Say(ChannelTexts.Get("TeamsStranger")));
        var (form, why) = await FormAsync(activity, place, press, $"open {activity.Id}");
        if (form is null) return TeamsReply.Dialog(AdaptiveCards.Say(why));
        if (captured is { } message) form = CapturedMessage.Filled(form, message.Text);
        return TeamsReply.Dialog(AdaptiveCards.Draw(form, new(form.Id, press, captured?.Whose, Dialog: activity.Id!, Attempt: 0), kept: null, errors: null));
    }

    private async Task<(Form? Form, string Why)> FormAsync(TeamsActivity activity, TeamsPlace place, TeamsPress press, string request)
    {
        var deed = new Deed.Press(press.Action, press.Value);
        var by = await WhoAsync(activity, place);
        var answer = await turns.HandleAsync(new(request, by, await PlaceAsync(Of(place, press), deed), clock.GetUtcNow(), deed), tells: true);
        return (answer.Form, answer.Told.Count > 0 ? string.Join("\n\n", answer.Told.Select(message => message.Text)) : ChannelTexts.Get("TeamsNoForm"));
    }

    /// <summary>A form that was filled. One that is refused, or could not be kept, comes back as it was filled, with the reasons.</summary>
    private async Task<TeamsReply> SubmitAsync(TeamsActivity activity, TeamsPlace place, TeamsFormPlace carried, IReadOnlyDictionary<string, string> values)
    {
        if (await IsStrangerAsync(activity, place, carried.Opener)) return TeamsReply.Dialog(AdaptiveCards.Say(ChannelTexts.Get("TeamsStranger")));
        var request = $"submit {carried.Dialog} {carried.Attempt.ToString(CultureInfo.InvariantCulture)} {FormValues.Digest(values)}"; // pressed again it is the same
        var work = once.DoAsync($"{activity.From!.Id} {request}", async () =>
        {
            var deed = new Deed.Submit(carried.Form, carried.Captured is { } captured ? captured.With(values) : values);
            var at = await PlaceAsync(Of(place, carried.Opener), deed);
            var answer = await turns.HandleAsync(new(request, await WhoAsync(activity, place), at, clock.GetUtcNow(), deed));
            return answer.Errors is { } errors ? await AgainAsync(activity, place, carried with { Attempt = carried.Attempt + 1 }, values, errors) : TeamsReply.Done;
        });
        if (await work.IsDoneWithinAsync(AtOnce) && await IsKeptAsync(work)) return await work;
        return await AgainAsync(activity, place, carried, values, new Dictionary<string, string>(StringComparer.Ordinal) { [""] = ChannelTexts.Get(work.IsCompleted ? "NotSavedForm" : "StillSavingForm") });
    }

    private async Task<TeamsReply> AgainAsync(TeamsActivity activity, TeamsPlace place, TeamsFormPlace carried, IReadOnlyDictionary<string, string> values, IReadOnlyDictionary<string, string> errors)
    {
        var asking = FormAsync(activity, place, carried.Opener, $"again {activity.Id}");
        var form = await IsKeptAsync(asking) ? (await asking).Form : null;
        form ??= new(carried.Form, ChannelTexts.Get("TeamsTyped"), [.. values.Select(value => new Input(value.Key, value.Key, InputKind.Text))]); // what it was drawn from is away: what was typed is not
        return TeamsReply.Dialog(AdaptiveCards.Draw(form with { Id = carried.Form }, carried, values, errors));
    }

    /// <summary>The app came into a conversation: it says how to begin, or how the 8D stands that was begun before.</summary>
    private async Task<TeamsReply> WelcomeAsync(TeamsActivity activity, TeamsPlace place, string id) => await InTimeAsync(activity, place, once.DoAsync(id, async () =>
    {
        var conversation = place.InConversation;
        if (activity.Action?.StartsWith("add", StringComparison.Ordinal) != true || activity.Action.Contains("upgrade", StringComparison.Ordinal)) return TeamsReply.Done;
        if ((await incidents.LatestAsync(conversation, CancellationToken.None))?.Incident is { IsOpen: true } open)
        {
            await channel.SayAsync(conversation, open.Home.Root ?? place.Root, new(ChannelTexts.Get("TeamsBack", open.Name)), CancellationToken.None);
            return TeamsReply.Done;
        }

        var text = ChannelTexts.Get(place.Kind == TeamsPlace.Kinds.Personal ? "TeamsWelcomePersonal" : "TeamsWelcome");
        await channel.SayAsync(conversation, place.Root, new(text, new(Person.Bot.Name, [], text, [new("form", Form.Start, ChannelTexts.Get("HomeStart"))])), CancellationToken.None);
        return TeamsReply.Done;
    }), Soon);

    /// <summary>Whether the 8D that begins here is its members' alone; asked only where one begins, which keeps it.</summary>
    private async ValueTask<Place> PlaceAsync(TeamsPlace place, Deed deed)
    {
        return place.ToPlace(deed.Begins && (place.Kind != TeamsPlace.Kinds.Channel || await IsPrivateAsync(place)));
    }

    private async ValueTask<bool> IsPrivateAsync(TeamsPlace place) => await directory.IsPrivateAsync(await references.OfAsync(place.InConversation, CancellationToken.None), place.Conversation, CancellationToken.None);

    /// <summary>Whether a button is about a conversation that whoever pressed is not in: what a card carries comes back from a client, which may have made it up.</summary>
    private async ValueTask<bool> IsStrangerAsync(TeamsActivity activity, TeamsPlace place, TeamsPress press) =>
        press.About is { } about && about.Conversation != place.Conversation && !await channel.IsInAsync(place.InConversation with { Name = about.Conversation }, new(activity.From!.Id!, ""), CancellationToken.None);

    private static TeamsPlace Of(TeamsPlace place, TeamsPress press) => press.About is { } about ? place with { Conversation = about.Conversation, Root = about.Root } : place;

    private async ValueTask<Person> WhoAsync(TeamsActivity activity, TeamsPlace place) => activity.From is { Id: { } id, Name: { Length: > 0 } name } ? new(id, name)
        : await directory.PersonAsync(place.InConversation, activity.From!.Id!, CancellationToken.None);

    /// <summary>What came of the work; where it takes longer than Teams waits, it goes on, and whoever did it is told if it is lost.</summary>
    private async Task<TeamsReply> InTimeAsync(TeamsActivity activity, TeamsPlace place, Task<TeamsReply> work, TimeSpan patience)
    {
        if (!await work.IsDoneWithinAsync(patience))
        {
            _ = SayIfLostAsync(activity, place, work);
            return activity.Type != "invoke" ? TeamsReply.Done : activity.Name == "adaptiveCard/action" ? TeamsReply.Toast(ChannelTexts.Get("StillSaving")) : TeamsReply.Dialog(AdaptiveCards.Say(ChannelTexts.Get("StillSaving")));
        }

        if (await IsKeptAsync(work)) return await work;
        return activity.Type != "invoke" && await SayIfLostAsync(activity, place, work) ? TeamsReply.Done : Lost(activity, work);
    }

    private static TeamsReply Lost(TeamsActivity activity, Task work) =>
        activity.Type != "invoke" ? TeamsReply.NotKept : activity.Name == "adaptiveCard/action" ? TeamsReply.Toast(WhyLost(work)) : TeamsReply.Dialog(AdaptiveCards.Say(WhyLost(work)));

    /// <summary>Tells whoever did it that it is lost, if it is.</summary>
    /// <returns>Whether they know.</returns>
    private async Task<bool> SayIfLostAsync(TeamsActivity activity, TeamsPlace place, Task<TeamsReply> work)
    {
        if (await IsKeptAsync(work)) return true;
        if (activity.From?.Id is not { } who) return false;
        try
        {
            await channel.TellAsync(place.InConversation, place.Root, who, new Message(WhyLost(work)), CancellationToken.None);
            return true;
        }
        catch (Exception unsaid) when (unsaid is TeamsException or StoreUnavailableException)
        {
            log.TeamsFailed(unsaid);
            return false;
        }
    }

    private Task<bool> IsKeptAsync(Task work) => work.IsKeptAsync(log.TeamsRequestFailed);

    private static string WhyLost(Task work) => work.Exception?.InnerException switch
    {
        StoreUnavailableException or UnreadableIncidentException => ChannelTexts.Get("NotSaved"),
        TeamsException { ToMend: { } why } => why,
        TeamsException => ChannelTexts.Get("TeamsUnsure"),
        _ => ChannelTexts.Get("Broken"),
    };
}
