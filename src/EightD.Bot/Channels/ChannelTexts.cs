using System.Globalization;
using System.Resources;

namespace EightD.Bot.Channels;

/// <summary>What channels say of themselves stands in <c>ChannelTexts.resx</c>, as what is said of an 8D stands in its own file: another language is another file.</summary>
internal static class ChannelTexts
{
    private static readonly ResourceManager Resources = new("EightD.Bot.Channels.ChannelTexts", typeof(ChannelTexts).Assembly);

    /// <summary>The sentence with this name.</summary>
    public static string Get(string name) =>
        Resources.GetString(name, CultureInfo.InvariantCulture) ?? throw new MissingManifestResourceException($"ChannelTexts.resx has no {name}.");

    /// <summary>The sentence with this name, its <c>{0}</c>, <c>{1}</c> filled.</summary>
    public static string Get(string name, params object?[] values) => string.Format(CultureInfo.InvariantCulture, Get(name), values);

    /// <summary>What stands whole elsewhere, shortened.</summary>
    public static string Shorter(string text, int most)
    {
        if (text.Length <= most) return text;
        var end = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return text[..end] + "…";
    }
}
