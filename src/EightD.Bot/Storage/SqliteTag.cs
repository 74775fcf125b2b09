using System.Globalization;

namespace EightD.Bot.Storage;

/// <summary>A tag as it stands in the file (64 bits) and as callers see it (16 hexadecimal digits).</summary>
internal static class SqliteTag
{
    public static string Write(long tag) => tag.ToString("x16", CultureInfo.InvariantCulture);

    public static bool TryRead(string text, out long tag) =>
        long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out tag);
}
