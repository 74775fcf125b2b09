using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EightD.Bot.Storage;
using EightD.Bot.Turns;
using EightD.Incidents;
using EightD.Incidents.Cards;
using EightD.Incidents.Commands;
using EightD.Reports.Folder;
using EightD.Reports.Rendering;

namespace EightD.Bot.Channels.Playground;

/// <summary>The playground's API (contract, "The playground's API"): what its page uses, and tests.</summary>
internal sealed partial class PlaygroundApi(
    TurnHandler turns, IncidentStore incidents, Talks talks, IBlobStore blobs, PlaygroundEvents events, TimeProvider clock, ILogger<PlaygroundApi> log)
{
    private const int MostConversations = 200;
    private const string Command = "/8d";
    private static readonly string Mention = $"@{Person.Bot.Name}";

    /// <summary>Answers a request whose address begins with <c>/playground/api</c>.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        try
        {
            await RouteAsync(context, PlaygroundRequest.Words(context) is [_, _, .. var words] ? words : []);
        }
        catch (RefusedRequestException refused)
        {
            await WriteAsync(context, refused.Status, new ErrorAnswer(refused.Message), PlaygroundJson.Default.ErrorAnswer);
        }
        catch (Exception cause) when (cause is StoreUnavailableException or UnreadableIncidentException)
        {
            await WriteAsync(context, StatusCodes.Status503ServiceUnavailable,
                new ErrorAnswer("That could not be saved just now, and nothing was changed. Please try again in a moment."), PlaygroundJson.Default.ErrorAnswer);
        }
        catch (Exception cause) when (!context.RequestAborted.IsCancellationRequested && IsLogged(cause))
        {
            await WriteAsync(context, StatusCodes.Status500InternalServerError,
                new ErrorAnswer("Something went wrong in the bot, and its operator finds it in the log. What you wrote is still with you."), PlaygroundJson.Default.ErrorAnswer);
        }
    }

    private bool IsLogged(Exception cause)
    {
        Failed(log, cause);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A request of the playground failed.")]
    private static partial void Failed(ILogger log, Exception cause);

    private Task RouteAsync(HttpContext context, string[] words) => (context.Request.Method, words) switch
    {
        ("POST", ["conversations", var name, "messages"]) => SayAsync(context, Named(name)),
        ("POST", ["conversations", var name, "actions"]) => PressAsync(context, Named(name)),
        ("POST", ["conversations", var name, "forms", var form]) => SubmitAsync(context, Named(name), form),
        ("GET", ["conversations", var name]) => ReadAsync(context, Named(name)),
        ("GET", ["conversations", var name, "events"]) => ListenAsync(context, Named(name)),
        ("GET", ["conversations", var name, "report"]) => ReportAsync(context, Named(name)),
        ("GET", ["conversations", var name, "report.html"]) => ReportHtmlAsync(context, Named(name)),
        ("GET", ["conversations"]) => ConversationsAsync(context),
        ("GET", ["people", var person, "messages"]) => PersonAsync(context, PlaygroundRequest.Name(person, "whose messages")),
        _ => throw new RefusedRequestException(StatusCodes.Status404NotFound, "There is nothing at this address."),
    };

    private static Conversation Named(string name) => new(PlaygroundChannel.Tenant, PlaygroundRequest.Name(name, "which conversation"));

    private async Task SayAsync(HttpContext context, Conversation conversation)
    {
        var said = await PlaygroundRequest.ReadAsync(context.Request, PlaygroundJson.Default.SayRequest, context.RequestAborted);
        var person = PersonOf(said.User);
        var text = PlaygroundRequest.Text(said.Text);
        if (string.IsNullOrWhiteSpace(text)) throw new RefusedRequestException(StatusCodes.Status400BadRequest, "There is nothing in that message.");
        var request = said.RequestId ?? Guid.NewGuid().ToString();
        var place = PlaceOf(conversation, said.Thread);
        var show = new Effect.Show(PlaygroundChannel.IdOf(conversation.Name, "message", request), person, place, text, clock.GetUtcNow(), said.RequestId);
        if (DeedOf(text, said.Thread) is not { } deed) await turns.SayAsync(show);
        else await turns.HandleAsync(new($"message {request}", person, place, show.SentAt, deed, show.Id, Mentions.In(text)), show);
        await WriteAsync(context, StatusCodes.Status200OK, new SaidAnswer(show.Id), PlaygroundJson.Default.SaidAnswer);
    }

    /// <summary>A command, a reply in a thread; null for anything else that is said.</summary>
    private static Deed? DeedOf(string text, string? thread)
    {
        var start = text.AsSpan().TrimStart();
        if (After(start, Command) is { } command) return CommandLine.Read(command);
        if (After(start, Mention) is { } mention) return thread is null ? CommandLine.Read(mention) : CommandLine.ReadMention(mention);
        return thread is null ? null : new Deed.Reply(text);
    }

    private static string? After(ReadOnlySpan<char> text, string word) =>
        text.StartsWith(word, StringComparison.OrdinalIgnoreCase) && (text.Length == word.Length || char.IsWhiteSpace(text[word.Length]))
            ? text[word.Length..].ToString()
            : null;

    private async Task PressAsync(HttpContext context, Conversation conversation)
    {
        var press = await PlaygroundRequest.ReadAsync(context.Request, PlaygroundJson.Default.PressRequest, context.RequestAborted);
        var person = PersonOf(press.User);
        var message = press.Message is not { } id ? null : await talks.Of(conversation).FindAsync(id, context.RequestAborted) ?? await talks.Of(PlaygroundChannel.Direct(person.Id)).FindAsync(id, context.RequestAborted);
        if (message is not null && !message.IsSeenBy(person.Id)) throw new RefusedRequestException(StatusCodes.Status404NotFound, "There is no such message.");
        var deed = new Deed.Press(press.Action ?? "", press.Value ?? "");
        var answer = await turns.HandleAsync(new($"press {press.RequestId ?? Guid.NewGuid().ToString()}", person, PlaceOf(conversation, message?.Thread), clock.GetUtcNow(), deed));
        await WriteAsync(context, StatusCodes.Status200OK, new FormAnswer(answer.Form is { } form ? Shown(form) : null), PlaygroundJson.Default.FormAnswer);
    }

    private async Task SubmitAsync(HttpContext context, Conversation conversation, string form)
    {
        var submit = await PlaygroundRequest.ReadAsync(context.Request, PlaygroundJson.Default.SubmitRequest, context.RequestAborted);
        var values = (submit.Values ?? []).ToDictionary(value => value.Key, value => PlaygroundRequest.Text(value.Value), StringComparer.Ordinal);
        var deed = new Deed.Submit(form, values);
        var mentioned = values.Values.SelectMany(Mentions.In).ToList();
        var answer = await turns.HandleAsync(new($"submit {submit.RequestId ?? Guid.NewGuid().ToString()}", PersonOf(submit.User), PlaceOf(conversation, submit.Thread), clock.GetUtcNow(), deed, Mentioned: mentioned));
        if (answer.Errors is { } errors) await WriteAsync(context, StatusCodes.Status422UnprocessableEntity, new ErrorsAnswer(errors), PlaygroundJson.Default.ErrorsAnswer);
        else await WriteAsync(context, StatusCodes.Status200OK, new FormAnswer(null), PlaygroundJson.Default.FormAnswer);
    }

    private async Task ReadAsync(HttpContext context, Conversation conversation)
    {
        var user = await AdmitAsync(context, conversation);
        await turns.SettledAsync(conversation);
        IEnumerable<TalkMessage> messages = await talks.Of(conversation).ReadAsync(context.RequestAborted);
        if (context.Request.Query["after"].ToString() is { Length: > 0 } after && messages.Any(message => message.Id == after))
        {
            messages = messages.SkipWhile(message => message.Id != after).Skip(1);
        }

        await WriteMessagesAsync(context, messages.Where(message => message.IsSeenBy(user)));
    }

    private async Task PersonAsync(HttpContext context, string person) =>
        await WriteMessagesAsync(context, await talks.Of(PlaygroundChannel.Direct(person)).ReadAsync(context.RequestAborted));

    private static Task WriteMessagesAsync(HttpContext context, IEnumerable<TalkMessage> messages)
    {
        var withHtml = PlaygroundEvents.WantsHtml(context.Request);
        return WriteAsync(context, StatusCodes.Status200OK,
            new MessagesAnswer([.. messages.Select(message => PlaygroundEvents.Shown(message, withHtml))]), PlaygroundJson.Default.MessagesAnswer);
    }

    private async Task ListenAsync(HttpContext context, Conversation conversation) =>
        await events.SendAsync(context, conversation, await AdmitAsync(context, conversation));

    private async Task ConversationsAsync(HttpContext context)
    {
        var user = context.Request.Query["user"].ToString();
        List<string> names = [];
        var prefix = Keys.Talks(PlaygroundChannel.Tenant);
        for (string? from = null; names.Count < MostConversations;)
        {
            var key = (await blobs.ListAsync(prefix, from, context.RequestAborted).FirstOrDefaultAsync(context.RequestAborted)).Key;
            if (key is null) break;
            from = key[..(key.LastIndexOf('/') + 1)] + '~'; // beyond this conversation's pages
            if (Keys.ReadTalk(key) is { } name && await MaySeeAsync(new(PlaygroundChannel.Tenant, name), user, context.RequestAborted)) names.Add(name);
        }

        await WriteAsync(context, StatusCodes.Status200OK, new ConversationsAnswer(names), PlaygroundJson.Default.ConversationsAnswer);
    }

    private async Task ReportAsync(HttpContext context, Conversation conversation)
    {
        var incident = await LatestAsync(context, conversation);
        context.Response.ContentType = "text/markdown; charset=utf-8";
        if (context.Request.Query.ContainsKey("download")) Attach(context.Response, FileName.Of(incident.Number, incident.Report.Title));
        await context.Response.WriteAsync(incident.Report.Text, context.RequestAborted);
    }

    private async Task ReportHtmlAsync(HttpContext context, Conversation conversation)
    {
        var incident = await LatestAsync(context, conversation);
        context.Response.ContentType = "text/html; charset=utf-8";
        var asPage = context.Request.Query.ContainsKey("download");
        if (asPage) Attach(context.Response, FileName.PageOf(FileName.Of(incident.Number, incident.Report.Title)));
        await context.Response.WriteAsync(asPage ? ReportHtml.Page(incident.Report) : ReportHtml.Render(incident.Report), context.RequestAborted);
    }

    private static void Attach(HttpResponse response, string name) => response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";

    private async Task<Incident> LatestAsync(HttpContext context, Conversation conversation)
    {
        var user = await AdmitAsync(context, conversation);
        return await incidents.LatestAsync(conversation, context.RequestAborted) is { Incident: var incident }
            && (!incident.IsPrivate || PlaceOf(conversation, null).IsPrivate || incident.People.Exists(person => person.Id == user))
            ? incident
            : throw new RefusedRequestException(StatusCodes.Status404NotFound, "There is no 8D here yet.");
    }

    /// <summary>Who asks; a private conversation is there for its own people alone.</summary>
    private async Task<string> AdmitAsync(HttpContext context, Conversation conversation)
    {
        var user = context.Request.Query["user"].ToString();
        return await MaySeeAsync(conversation, user, context.RequestAborted)
            ? user
            : throw new RefusedRequestException(StatusCodes.Status404NotFound, "There is no such conversation.");
    }

    private async ValueTask<bool> MaySeeAsync(Conversation conversation, string user, CancellationToken cancel)
    {
        if (!PlaceOf(conversation, null).IsPrivate) return true;
        await turns.SettledAsync(conversation);
        return await talks.Of(conversation).HasAsync(user, cancel);
    }

    private static Person PersonOf(string? name)
    {
        var known = PlaygroundRequest.Name(name, "who you are");
        return new(known, known);
    }

    private static Place PlaceOf(Conversation conversation, string? thread) =>
        new(conversation.Tenant, conversation.Name, conversation.Name.StartsWith("private-", StringComparison.Ordinal), string.IsNullOrEmpty(thread) ? null : thread);

    private static ShownForm Shown(Form form) => new(form.Id, form.Title,
        [.. form.Inputs.Select(input => new ShownInput(input.Id, input.Label, input.Kind.ToString().ToLowerInvariant(), input.Required, input.Value, input.Options, input.Hint))]);

    private static Task WriteAsync<T>(HttpContext context, int status, T answer, JsonTypeInfo<T> type)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(context.Response.Body, answer, type, context.RequestAborted);
    }
}
