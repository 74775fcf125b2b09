using System.IO.Compression;
using System.Text.Json.Nodes;
using EightD.Incidents;
using EightD.Incidents.Commands;

namespace EightD.Bot.Channels.Teams;

/// <summary>What Teams makes the app from (Teams, "App manifest reference"): the commands, actions and permissions that this build uses, and no others.</summary>
internal static class TeamsManifest
{
    /// <summary>The icons, as they are called in the package.</summary>
    public static readonly IReadOnlyList<string> Icons = ["color.png", "outline.png"];

    /// <summary>The commands that are offered; Teams takes twelve, and <c>help</c> shows the rest.</summary>
    private static readonly HashSet<string> Offered = new(["start", "status", "next", "answer", "team", "contained", "resolved", "action", "preview", "publish", "close", "help"], StringComparer.Ordinal);

    /// <summary>The manifest as JSON with a line end at its end, the same each time.</summary>
    /// <param name="appId">The bot's app id.</param>
    /// <param name="publicUrl">The address that Teams reaches the bot at.</param>
    /// <param name="withSlash">For the schema that has slash commands, which not every tenant shows.</param>
    public static string Draw(string appId, Uri publicUrl, bool withSlash)
    {
        var version = withSlash ? "1.29" : "1.25";
        var site = publicUrl.AbsoluteUri.TrimEnd('/');
        JsonObject bot = new()
        {
            ["botId"] = appId,
            ["scopes"] = Words("team", "personal", "groupChat"),
            ["supportsFiles"] = true, // a report is handed over in somebody's own chat
            ["isNotificationOnly"] = false,
            ["commandLists"] = withSlash
                ? new JsonArray(Commands(["team", "groupChat"], ["slash", "mention"]), Commands(["personal"], ["mention"]))
                : new JsonArray(Commands(["team", "personal", "groupChat"], triggers: null)),
        };
        if (withSlash) bot["supportsTargetedMessages"] = true;
        return new JsonObject
        {
            ["$schema"] = $"https://developer.microsoft.com/json-schemas/teams/v{version}/MicrosoftTeams.schema.json",
            ["manifestVersion"] = version,
            ["version"] = "1.0.0",
            ["id"] = appId,
            ["developer"] = new JsonObject { ["name"] = Person.Bot.Name, ["websiteUrl"] = site, ["privacyUrl"] = site, ["termsOfUseUrl"] = site },
            ["name"] = new JsonObject { ["short"] = Person.Bot.Name, ["full"] = ChannelTexts.Get("TeamsAppName") },
            ["description"] = new JsonObject { ["short"] = ChannelTexts.Get("AppAbout"), ["full"] = ChannelTexts.Get("TeamsAppLong") },
            ["icons"] = new JsonObject { ["color"] = Icons[0], ["outline"] = Icons[1] },
            ["accentColor"] = "#24476B",
            ["bots"] = new JsonArray(bot),
            ["composeExtensions"] = new JsonArray(new JsonObject
            {
                ["botId"] = appId,
                ["commands"] = new JsonArray(
                    Action(TeamsReception.CaptureAction, "ShortcutCapture", "message"),
                    Action(TeamsReception.StartAction, "ShortcutStart", "compose", "commandBox")),
            }),
            ["validDomains"] = Words(publicUrl.IdnHost),
            ["webApplicationInfo"] = new JsonObject { ["id"] = appId, ["resource"] = $"api://botid-{appId}" }, // which the permissions below belong to
            ["authorization"] = new JsonObject
            {
                ["permissions"] = new JsonObject
                {
                    // replies in a thread are answers without a mention; without these each mentions the bot
                    ["resourceSpecific"] = new JsonArray(Permission("ChannelMessage.Read.Group"), Permission("ChatMessage.Read.Chat")),
                },
            },
            ["supportedChannelTypes"] = Words("sharedChannels", "privateChannels"),
            ["defaultInstallScope"] = "team",
        }.ToJsonString(JsonText.Indented) + "\n";
    }

    /// <summary>An icon's bytes.</summary>
    public static byte[] Icon(string name)
    {
        using var icon = typeof(TeamsManifest).Assembly.GetManifestResourceStream($"teams/{name}") ?? throw new InvalidOperationException($"{name} is not in this build.");
        using MemoryStream bytes = new();
        icon.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>The package that is uploaded to Teams, the same bytes each time.</summary>
    public static byte[] Pack(string manifest)
    {
        using MemoryStream bytes = new();
        using (ZipArchive zip = new(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in Icons.Select(name => (name, Icon(name))).Prepend(("manifest.json", System.Text.Encoding.UTF8.GetBytes(manifest))))
            {
                var entry = zip.CreateEntry(name, CompressionLevel.NoCompression); // what compresses differs from build to build
                entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using var into = entry.Open();
                into.Write(content);
            }
        }

        return bytes.ToArray();
    }

    private static JsonObject Commands(string[] scopes, string[]? triggers)
    {
        JsonObject list = new()
        {
            ["scopes"] = Words(scopes),
            ["commands"] = new JsonArray([.. CommandTable.All.Where(command => Offered.Contains(command.Name)).Select(command => new JsonObject { ["title"] = command.Name, ["description"] = command.Summary })]),
        };
        if (triggers is not null) list["triggers"] = Words(triggers);
        return list;
    }

    private static JsonObject Action(string id, string text, params string[] contexts) => new()
    {
        ["id"] = id,
        ["type"] = "action",
        ["title"] = ChannelTexts.Get(text),
        ["description"] = ChannelTexts.Get(text + "About"),
        ["context"] = Words(contexts),
        ["fetchTask"] = true,
    };

    private static JsonObject Permission(string name) => new() { ["name"] = name, ["type"] = "Application" };

    private static JsonArray Words(params string[] words) => new([.. words.Select(word => JsonValue.Create(word))]);
}
