using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EightD.Bot.Channels;

/// <summary>What a form's inputs hold, on a platform whose inputs are shorter than a form's: one is as many pieces as it takes, joined again when they come back.</summary>
internal static class FormValues
{
    /// <summary>What separates a name from what makes it unique.</summary>
    public const char Nth = '~';

    /// <summary>That a piece goes on in the line in which the piece before it ended.</summary>
    private const char SameLine = 'c';

    /// <summary>A name that stands several times, made unique.</summary>
    public static string Numbered(string name, int nth) => string.Create(CultureInfo.InvariantCulture, $"{name}{Nth}{nth}");

    /// <summary>The name that was made unique.</summary>
    public static string NameOf(string numbered) => numbered.Split(Nth)[0];

    /// <summary>A text as the inputs that it fills, at line ends where there are some. The first has the input's own id.</summary>
    /// <param name="input">The input's id.</param>
    /// <param name="text">What it holds.</param>
    /// <param name="most">The characters that the platform's input takes.</param>
    public static IEnumerable<(string Id, string Text)> Pieces(string input, string text, int most)
    {
        var id = input;
        for (var nth = 1; text.Length > most; nth++)
        {
            var end = text.LastIndexOf('\n', most);
            var breaks = end > 0;
            if (!breaks) end = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
            yield return (id, text[..end]);
            text = text[(breaks ? end + 1 : end)..];
            id = Numbered(input, nth) + (breaks ? "" : SameLine);
        }

        yield return (id, text);
    }

    /// <summary>What came back, by the inputs of the form.</summary>
    /// <param name="pieces">What each of the platform's inputs holds, in the form's order.</param>
    public static IReadOnlyDictionary<string, string> Joined(IEnumerable<(string Id, string Text)> pieces)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (var (id, text) in pieces)
        {
            var (input, piece) = (NameOf(id), text.ReplaceLineEndings("\n"));
            if (!values.TryGetValue(input, out var before) || before.Length == 0) values[input] = piece;
            else if (piece.Length > 0) values[input] = before + (id.EndsWith(SameLine) ? "" : "\n") + piece;
        }

        return values;
    }

    /// <summary>Tells what was filled in from anything else: sent again, it is the same.</summary>
    public static string Digest(IReadOnlyDictionary<string, string> values) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', values.Select(value => $"{value.Key}\0{value.Value}")))).AsSpan(0, 12));
}
