using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EightD.Bot.Settings;
using EightD.Bot.Turns;
using EightD.Incidents;
using EightD.Incidents.Cards;
using EightD.Reports.Folder;
using EightD.Reports.Rendering;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace EightD.Bot.Channels.Teams;

/// <summary>
/// Hands over a report's Markdown: in somebody's own chat as a file, which Teams asks them for first (Teams, "Send and receive files"); elsewhere, where Teams
/// takes no files from a bot, by a link that is good for a quarter of an hour and is shown to whoever pressed alone.
/// </summary>
internal sealed class TeamsReports(
    TeamsChannel channel, TeamsConnector connector, TeamsReferences references, IncidentStore incidents, BotSettings settings, IDataProtectionProvider protection, IServer server, TimeProvider clock)
{
    private const string Consent = "application/vnd.microsoft.teams.card.file.consent", Info = "application/vnd.microsoft.teams.card.file.info";

    private static readonly TimeSpan LinkLasts = TimeSpan.FromMinutes(15);

    private readonly IDataProtector protector = protection.CreateProtector("teams-report");

    /// <summary>Offers a report to whoever pressed.</summary>
    public async Task<TeamsReply> HandOverAsync(Conversation conversation, string? root, Person by, string id, bool isInvoke)
    {
        if (await incidents.ReadAsync(conversation.Tenant, id, CancellationToken.None) is not { Incident: var incident } || Conversation.Of(incident.Home) != conversation || (incident.IsAmongOthers && !incident.People.Exists(person => person.Id == by.Id)))
        {
            await channel.TellAsync(conversation, root, by.Id, new Message(ChannelTexts.Get("TeamsNoReport")), CancellationToken.None);
        }
        else if (await references.OfAsync(conversation, CancellationToken.None) is { Kind: TeamsPlace.Kinds.Personal } reference)
        {
            await connector.SendAsync(reference, conversation.Name, Asked(incident), CancellationToken.None);
            await channel.TellAsync(conversation, root, by.Id, Links(incident, ["TeamsPrint"]), CancellationToken.None);
        }
        else
        {
            await channel.TellAsync(conversation, root, by.Id, Links(incident, ["TeamsPrint", "TeamsDownload"]), CancellationToken.None);
        }

        return isInvoke ? TeamsReply.Pressed : TeamsReply.Done;
    }

    /// <summary>Whoever was asked said yes or no: the file goes where Teams says.</summary>
    public async Task<TeamsReply> ConsentAsync(TeamsActivity activity, TeamsPlace place, JsonElement value)
    {
        var conversation = place.InConversation;
        if (await references.OfAsync(conversation, CancellationToken.None) is not { } reference) return TeamsReply.Done;
        var info = value.TryGetProperty("uploadInfo", out var given) ? given : default;
        if (value.Text("action") == "accept" && value.TryGetProperty("context", out var context) && context.Text("report") is { } id && Uri.TryCreate(info.Text("uploadUrl"), UriKind.Absolute, out var to)
            && (to.Scheme == Uri.UriSchemeHttps || to.IsLoopback) && await incidents.ReadAsync(conversation.Tenant, id, CancellationToken.None) is { Incident: var incident } && Conversation.Of(incident.Home) == conversation)
        {
            await connector.UploadAsync(to, Encoding.UTF8.GetBytes(incident.Report.Text), CancellationToken.None);
            var file = new JsonObject
            {
                ["contentType"] = Info,
                ["contentUrl"] = info.Text("contentUrl"),
                ["name"] = info.Text("name") ?? FileName.Of(incident.Number, incident.Report.Title),
                ["content"] = new JsonObject { ["uniqueId"] = info.Text("uniqueId"), ["fileType"] = info.Text("fileType") ?? "md" },
            };
            await connector.SendAsync(reference, conversation.Name, new JsonObject { ["type"] = "message", ["attachments"] = new JsonArray(file) }.ToJsonString(JsonText.AsItIs), CancellationToken.None);
        }

        if (activity.ReplyToId is { } asked) await connector.DeleteAsync(reference, conversation.Name, asked, CancellationToken.None);
        return TeamsReply.Done;
    }

    /// <summary>The report that a link leads to.</summary>
    public async Task<IResult> ReadAsync(string of, CancellationToken cancel)
    {
        try
        {
            var words = protector.Unprotect(of).Split('\n');
            if (words is [var tenant, var id, var until, var what] && long.TryParse(until, System.Globalization.CultureInfo.InvariantCulture, out var end) && clock.GetUtcNow().ToUnixTimeSeconds() <= end
                && await incidents.ReadAsync(tenant, id, cancel) is { Incident: var incident })
            {
                var name = FileName.Of(incident.Number, incident.Report.Title);
                return what == "TeamsPrint"
                    ? Results.File(Encoding.UTF8.GetBytes(ReportHtml.Page(incident.Report)), $"{MediaTypeNames.Text.Html}; charset=utf-8", FileName.PageOf(name))
                    : Results.File(Encoding.UTF8.GetBytes(incident.Report.Text), $"{MediaTypeNames.Text.Markdown}; charset=utf-8", name);
            }
        }
        catch (CryptographicException)
        {
            // made up, or its key is gone: as one that is too old
        }

        return Results.Text(ChannelTexts.Get("TeamsLinkOld"), statusCode: StatusCodes.Status404NotFound);
    }

    private static string Asked(Incident incident)
    {
        var (name, bytes) = (FileName.Of(incident.Number, incident.Report.Title), Encoding.UTF8.GetByteCount(incident.Report.Text));
        JsonObject card = new()
        {
            ["contentType"] = Consent,
            ["name"] = name,
            ["content"] = new JsonObject
            {
                ["description"] = ChannelTexts.Get("TeamsFileAbout", incident.Name),
                ["sizeInBytes"] = bytes,
                ["acceptContext"] = new JsonObject { ["report"] = incident.Id },
                ["declineContext"] = new JsonObject { ["report"] = incident.Id },
            },
        };
        return new JsonObject { ["type"] = "message", ["attachments"] = new JsonArray(card) }.ToJsonString(JsonText.AsItIs);
    }

    /// <summary>A message with buttons that lead to the report: as Markdown, or as a page that prints.</summary>
    /// <param name="incident">The 8D.</param>
    /// <param name="what">The buttons, by their texts' keys; the last stands first.</param>
    private TeamsPost Links(Incident incident, IEnumerable<string> what)
    {
        var text = ChannelTexts.Get("TeamsLink", FileName.Of(incident.Number, incident.Report.Title));
        var post = AdaptiveCards.Draw(new(text, new(ChannelTexts.Get("TeamsDownload"), [], text, [])))[0];
        return what.Aggregate(post, (card, each) => card.Linked(ChannelTexts.Get(each), LinkTo(incident.Home.Tenant, incident.Id, each)));
    }

    private Uri LinkTo(string tenant, string id, string what)
    {
        var until = (clock.GetUtcNow() + LinkLasts).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var here = settings.PublicUrl ?? new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return new(here, TeamsEndpoints.Report.TrimStart('/') + protector.Protect($"{tenant}\n{id}\n{until}\n{what}"));
    }
}
