using System.Buffers;
using System.Globalization;
using System.Text;
using EightD.Incidents;

namespace EightD.Bot.Publishing;

/// <summary>What a commit says: its message, and who made it when.</summary>
internal static class CommitMessage
{
    /// <summary>The trailer that holds the effect's id.</summary>
    public const string EffectTrailer = "8D-Effect";

    /// <summary>What git takes away at a name's ends: a name of these alone is none.</summary>
    private static readonly SearchValues<char> NoName = SearchValues.Create(" .,:;<>\"\\'");

    /// <summary>The message: the subject, a blank line, the trailers.</summary>
    public static string Of(PublishRequest request) =>
        string.Join('\n', [OneLine(request.Subject), "", .. request.Trailers.Select(OneLine), $"{EffectTrailer}: {OneLine(request.EffectId)}", ""]);

    /// <summary>Author, committer and date, as environment variables.</summary>
    public static IReadOnlyDictionary<string, string?> Identity(PublishRequest request, RepositoryOptions options) => Identity(request.By, request.At, options);

    /// <summary>Author, committer and date, as environment variables.</summary>
    public static IReadOnlyDictionary<string, string?> Identity(Person by, DateTimeOffset at, RepositoryOptions options)
    {
        var offset = at.Offset;
        var date = string.Create(CultureInfo.InvariantCulture, $"@{at.ToUnixTimeSeconds()} {(offset < TimeSpan.Zero ? '-' : '+')}{offset:hhmm}");
        return new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["GIT_AUTHOR_NAME"] = Name(by.Name) ?? Name(by.Id) ?? "Somebody",
            ["GIT_AUTHOR_EMAIL"] = Address(by),
            ["GIT_AUTHOR_DATE"] = date,
            ["GIT_COMMITTER_NAME"] = Name(options.AuthorName) ?? "8D Bot",
            ["GIT_COMMITTER_EMAIL"] = OneLine(options.AuthorEmail).Replace("<", "", StringComparison.Ordinal).Replace(">", "", StringComparison.Ordinal),
            ["GIT_COMMITTER_DATE"] = date,
        };
    }

    /// <summary>A text on one line, as a trailer's value is read back.</summary>
    public static string OneLine(string text) =>
        string.Join(' ', string.Concat(text.Select(character => char.IsControl(character) || character is '\u2028' or '\u2029' ? ' ' : character))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A name as git takes it; null where nothing of it is left.</summary>
    private static string? Name(string name)
    {
        var kept = OneLine(name.Replace('<', ' ').Replace('>', ' '));
        return kept.AsSpan().IndexOfAnyExcept(NoName) < 0 ? null : kept;
    }

    private static string Address(Person person)
    {
        StringBuilder local = new(person.Id.Length);
        foreach (var character in person.Id.Take(64)) local.Append(char.IsLetterOrDigit(character) || character is '.' or '_' or '+' or '-' ? character : '-');
        return local.ToString().Trim('.', '-') is { Length: > 0 } kept ? $"{kept}@localhost" : "somebody@localhost";
    }
}
