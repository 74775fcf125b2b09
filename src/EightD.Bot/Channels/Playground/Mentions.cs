using System.Buffers;
using EightD.Incidents;

namespace EightD.Bot.Channels.Playground;

/// <summary>Whom a text names: any word that begins with <c>@</c>. In the playground a name is a person.</summary>
internal static class Mentions
{
    private const int MostNamed = 50;

    private static readonly SearchValues<char> AfterName = SearchValues.Create(" \t\n,;:!?()|");

    public static IReadOnlyList<Person> In(string text)
    {
        List<Person> people = [];
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = text.IndexOf('@', at + 1))
        {
            if (at > 0 && !char.IsWhiteSpace(text[at - 1])) continue;
            var name = text.AsSpan(at + 1);
            var end = name.IndexOfAny(AfterName);
            if (end >= 0) name = name[..end];
            name = name.TrimEnd('.');
            if (name.Length > 0 && people.Count < MostNamed) people.Add(new(name.ToString(), name.ToString()));
        }

        return people;
    }
}
