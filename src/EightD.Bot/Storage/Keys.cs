using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EightD.Bot.Storage;

/// <summary>
/// The keys of the blob store (design, "Keys in the blob store"). The tenant stands before anything that a person chose, and every such word is
/// base64url, or a dot and its SHA-256 where it is long: so two different names never meet in one key.
/// </summary>
internal static class Keys
{
    /// <summary>Where all markers of things that have a time stand, in the order of their minutes.</summary>
    public const string Due = "due/";

    /// <summary>The notes of all effects that were given up, of every tenant.</summary>
    public const string AllDead = "dead/";

    /// <summary>The notes of all open 8Ds, of every tenant.</summary>
    public const string AllOpened = "opened/";

    /// <summary>The processes that serve this store.</summary>
    public const string AllAlive = "alive/";

    /// <summary>The keys that encrypt what other services gave us.</summary>
    public const string AllProtection = "protection/";

    private const string Minute = "yyyyMMddHHmm", Date = "yyyyMMdd";
    private const int LongestWord = 90;
    private const int MostNumber = 99_999_999;

    /// <summary>An 8D: a line of JSON, then its report.</summary>
    public static string Incident(string tenant, string id) => $"incident/{Word(tenant)}/{id}";

    /// <summary>Which 8D is open in a conversation; the latest that was, when none is.</summary>
    public static string Open(string tenant, string conversation) => $"open/{Word(tenant)}/{Word(conversation)}";

    /// <summary>Something falls due.</summary>
    /// <param name="at">When; a marker is filed under its minute.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="words">What it is about: of our own making, without a slash.</param>
    /// <param name="what">Its kind.</param>
    public static string DueMarker(DateTimeOffset at, string tenant, ReadOnlySpan<string> words, string what) =>
        $"{Due}{at.UtcDateTime.ToString(Minute, CultureInfo.InvariantCulture)}/{Word(tenant)}/{string.Join('/', words)}/{what}";

    /// <summary>The same marker, filed under another minute.</summary>
    public static string Refiled(string marker, DateTimeOffset at) =>
        $"{Due}{at.UtcDateTime.ToString(Minute, CultureInfo.InvariantCulture)}{marker[(Due.Length + Minute.Length)..]}";

    /// <summary>The parts of a marker's key; null for a key of another shape.</summary>
    public static DueMarker? ReadDueMarker(string key) =>
        key.Split('/') is [_, _, var tenant, .. var words, var what] && DueAt(key) is { } at && ReadWord(tenant) is { } name ? new(key, at, name, words, what) : null;

    /// <summary>The minute of a marker's key; null for any other key.</summary>
    public static DateTimeOffset? DueAt(string key) =>
        key.Split('/') is [_, var minute, ..] && DateTimeOffset.TryParseExact(minute, Minute, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    /// <summary>The one message that somebody gets on a day.</summary>
    public static string Day(string tenant, string person, DateOnly day) => DayOf(tenant, Word(person), WordOf(day));

    /// <summary>The same, by the words of a marker.</summary>
    public static string DayOf(string tenant, string person, string day) => $"day/{Word(tenant)}/{person}/{day}";

    /// <summary>The holidays that an address had last.</summary>
    public static string Holidays(Uri address) => $"holidays/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address.AbsoluteUri)))}";

    /// <summary>A name as a word of a marker.</summary>
    public static string Named(string name) => Word(name);

    /// <summary>A day as a word of a key; in the order of days.</summary>
    public static string WordOf(DateOnly day) => day.ToString(Date, CultureInfo.InvariantCulture);

    /// <summary>The day that a word says; null for any other word.</summary>
    public static DateOnly? DayIn(string word) => DateOnly.TryParseExact(word, Date, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The last report number given.</summary>
    public static string Number(string repository) => $"number/{Word(repository)}";

    /// <summary>Which 8D has a report's number.</summary>
    public static string Report(string tenant, int number) => string.Create(CultureInfo.InvariantCulture, $"report/{Word(tenant)}/{number:D8}");

    /// <summary>Whose file has a number in a folder of the report repository, or of that of private 8Ds.</summary>
    public static string Published(bool isPrivate, string folder, int number) => string.Create(CultureInfo.InvariantCulture, $"published/{Word(isPrivate ? $"private\n{folder}" : folder)}/{number:D8}");

    /// <summary>The commit up to which a branch of the report repository was read back.</summary>
    public static string Polled(string repository, string branch) => $"polled/{Word($"{repository}\n{branch}")}";

    /// <summary>The open 8Ds of a tenant.</summary>
    public static string Opened(string tenant) => $"{AllOpened}{Word(tenant)}/";

    /// <summary>That an 8D is open. In the order of keys the one with the highest number stands first.</summary>
    public static string Opened(string tenant, int number, string id) => string.Create(CultureInfo.InvariantCulture, $"{Opened(tenant)}{MostNumber - number:D8}/{id}");

    /// <summary>The 8D that a note among <see cref="AllOpened"/> names.</summary>
    public static string IncidentOf(string opened) => opened.Split('/') is [_, var tenant, .., var id] ? $"incident/{tenant}/{id}" : throw new ArgumentException($"{opened} is no such note.", nameof(opened));

    /// <summary>That an effect of an 8D was given up.</summary>
    public static string Dead(string tenant, string incident, string effect) => $"{AllDead}{Word(tenant)}/{incident}/{effect}";

    /// <summary>A key that encrypts what other services gave us.</summary>
    public static string Protection(string name) => AllProtection + name;

    /// <summary>A workspace of Slack that added the app itself.</summary>
    public static string SlackWorkspace(string id) => $"slack/{Word(id)}";

    /// <summary>What is known of a conversation of Teams.</summary>
    public static string TeamsConversation(string tenant, string conversation) => $"teams/{Word(tenant)}/conversation/{Word(conversation)}";

    /// <summary>Somebody's own chat with the bot in Teams.</summary>
    public static string TeamsPerson(string tenant, string person) => $"teams/{Word(tenant)}/person/{Word(person)}";

    /// <summary>The time zone of somebody in Teams.</summary>
    public static string TeamsZone(string tenant, string person) => $"teams/{Word(tenant)}/zone/{Word(person)}";

    /// <summary>That something which counts once was used.</summary>
    /// <param name="digest">Of what it was, in lower-case hexadecimal digits.</param>
    public static string Used(string digest) => $"used/{digest}";

    /// <summary>That a process lives.</summary>
    public static string Alive(string process) => AllAlive + process;

    /// <summary>The 8Ds in whose D6 somebody's name stands.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="person">The name in the report, whatever its case.</param>
    /// <param name="id">The 8D; empty for the prefix of all.</param>
    public static string Owner(string tenant, string person, string id = "") => $"owner/{Word(tenant)}/{Word(person.Trim().ToLowerInvariant())}/{id}";

    /// <summary>Log entries that an 8D no longer holds itself, by the number of the first.</summary>
    public static string History(string tenant, string id, long first) => string.Create(CultureInfo.InvariantCulture, $"history/{Word(tenant)}/{id}/{first:D12}");

    /// <summary>All of <see cref="History(string, string, long)"/>.</summary>
    public static string History(string tenant, string id) => $"history/{Word(tenant)}/{id}/";

    /// <summary>What a workspace decided for all its 8Ds.</summary>
    public static string Settings(string tenant) => $"settings/{Word(tenant)}";

    /// <summary>A page of a conversation's messages in a channel that keeps its talk here.</summary>
    public static string Talk(string tenant, string conversation, int page) => string.Create(CultureInfo.InvariantCulture, $"{Talk(tenant, conversation)}{page:D8}");

    /// <summary>All pages of a conversation.</summary>
    public static string Talk(string tenant, string conversation) => $"{Talks(tenant)}{Word(conversation)}/";

    /// <summary>All conversations of a tenant.</summary>
    public static string Talks(string tenant) => $"talk/{Word(tenant)}/";

    /// <summary>The conversation of a page's key; null where its name is too long to stand in it.</summary>
    public static string? ReadTalk(string key) => key.Split('/') is [_, _, var conversation, _] ? ReadWord(conversation) : null;

    private static string Word(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        return bytes.Length <= LongestWord ? Base64Url.EncodeToString(bytes) : "." + Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    private static string? ReadWord(string word) => word is ['.', ..] ? null : Encoding.UTF8.GetString(Base64Url.DecodeFromChars(word));
}

/// <summary>A marker of something that has a time.</summary>
/// <param name="Key">Where it stands.</param>
/// <param name="At">The minute under which it is filed.</param>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Words">What it is about.</param>
/// <param name="What">Its kind.</param>
internal sealed record DueMarker(string Key, DateTimeOffset At, string Tenant, string[] Words, string What);
