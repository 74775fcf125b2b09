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

    /// <summary>Where effects stand that were given up.</summary>
    public const string Dead = "dead/";

    /// <summary>The notes of all open 8Ds, of every tenant.</summary>
    public const string AllOpened = "opened/";

    private const string Minute = "yyyyMMddHHmm";
    private const string Deliver = "/deliver";
    private const int LongestWord = 90;

    /// <summary>An 8D: a line of JSON, then its report.</summary>
    public static string Incident(string tenant, string id) => $"incident/{Word(tenant)}/{id}";

    /// <summary>Which 8D is open in a conversation; the latest that was, when none is.</summary>
    public static string Open(string tenant, string conversation) => $"open/{Word(tenant)}/{Word(conversation)}";

    /// <summary>An 8D has something to deliver or to ask; the minute says when to look after it where nobody did.</summary>
    public static string DueDelivery(DateTimeOffset at, string tenant, string id) =>
        $"{Due}{at.UtcDateTime.ToString(Minute, CultureInfo.InvariantCulture)}/{Word(tenant)}/{id}{Deliver}";

    /// <summary>The tenant and 8D of a delivery marker; null for any other key.</summary>
    public static (string Tenant, string Id)? ReadDueDelivery(string key) =>
        key.EndsWith(Deliver, StringComparison.Ordinal) && key.Split('/') is [_, _, var tenant, var id, _] && ReadWord(tenant) is { } name ? (name, id) : null;

    /// <summary>The minute of a marker's key; null for any other key.</summary>
    public static DateTimeOffset? DueAt(string key) =>
        key.Split('/') is [_, var minute, ..] && DateTimeOffset.TryParseExact(minute, Minute, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    /// <summary>The last report number given.</summary>
    public static string Number(string repository) => $"number/{Word(repository)}";

    /// <summary>Which 8D has a report's number.</summary>
    public static string Report(string tenant, int number) => string.Create(CultureInfo.InvariantCulture, $"report/{Word(tenant)}/{number:D8}");

    /// <summary>The open 8Ds of a tenant.</summary>
    public static string Opened(string tenant, string id = "") => $"{AllOpened}{Word(tenant)}/{id}";

    /// <summary>The 8D that a note among <see cref="AllOpened"/> names.</summary>
    public static string IncidentOf(string opened) => $"incident/{opened[AllOpened.Length..]}";

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
