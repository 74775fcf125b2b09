using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace EightD.Bot.Channels;

/// <summary>JSON on the way to a chat platform and back.</summary>
internal static class JsonText
{
    /// <summary>JSON that stands in no page.</summary>
    public static JsonSerializerOptions AsItIs { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The same for people to read, with line ends that are the same on every system.</summary>
    public static JsonSerializerOptions Indented { get; } = new(AsItIs) { WriteIndented = true, NewLine = "\n" };

    /// <summary>A text as JSON.</summary>
    public static string Of(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";

    /// <summary>Reads what was sent. Half a surrogate pair is no character, and the JSON reader would refuse the whole for it: a replacement character stands in its place.</summary>
    /// <param name="json">UTF-8; mended in place.</param>
    /// <param name="type">Its shape.</param>
    /// <exception cref="JsonException">It is no JSON of that shape.</exception>
    public static T Read<T>(byte[] json, JsonTypeInfo<T> type)
    {
        MendSurrogates(json);
        return JsonSerializer.Deserialize(json, type) ?? throw new JsonException("It is null.");
    }

    /// <summary>A member's text; null where there is none.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static void MendSurrogates(byte[] json)
    {
        for (var at = json.AsSpan().IndexOf((byte)'\\'); at >= 0 && at + 1 < json.Length;)
        {
            if (Escaped(json, at) is not { } unit)
            {
                at += 2;
            }
            else if (char.IsHighSurrogate(unit) && Escaped(json, at + 6) is { } low && char.IsLowSurrogate(low))
            {
                at += 12;
            }
            else
            {
                if (char.IsSurrogate(unit)) "FFFD"u8.CopyTo(json.AsSpan(at + 2));
                at += 6;
            }

            var next = at < json.Length ? json.AsSpan(at).IndexOf((byte)'\\') : -1;
            at = next < 0 ? -1 : at + next;
        }
    }

    /// <summary>The code unit of a <c>\uXXXX</c>; null where none stands.</summary>
    private static char? Escaped(byte[] json, int at) =>
        at + 6 <= json.Length && json[at] == '\\' && json[at + 1] == 'u' && Utf8Parser.TryParse(json.AsSpan(at + 2, 4), out ushort unit, out var read, 'x') && read == 4
            ? (char)unit
            : null;
}
