using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EightD.Bot.Storage;
using EightD.Incidents;
using EightD.Reports;
using EightD.Reports.Templates;

namespace EightD.Bot.Turns;

/// <summary>An 8D as it stands in its blob: a line of JSON, then the report's text as plain bytes.</summary>
internal static class IncidentBlob
{
    /// <summary>A blob stands in no page, so nothing in it is escaped but what JSON itself asks for.</summary>
    internal static readonly JsonWriterOptions AsItIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? reused;

    public static PooledBlob Write(Incident incident)
    {
        var buffer = reused ??= new ArrayBufferWriter<byte>(128 * 1024);
        buffer.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(buffer, AsItIs)) JsonSerializer.Serialize(writer, incident, IncidentJson.Default.Incident);
        var text = incident.Report.Text;
        var length = Encoding.UTF8.GetByteCount(text);
        var blob = new PooledBlob(buffer.WrittenCount + 1 + length);
        var content = blob.Content.Span;
        buffer.WrittenSpan.CopyTo(content);
        content[buffer.WrittenCount] = (byte)'\n';
        Encoding.UTF8.GetBytes(text, content[(buffer.WrittenCount + 1)..]);
        return blob;
    }

    /// <exception cref="UnreadableIncidentException">The blob is damaged, or a newer build wrote it.</exception>
    public static Incident Read(string key, ReadOnlyMemory<byte> blob)
    {
        var end = blob.Span.IndexOf((byte)'\n');
        if (end < 0) throw new UnreadableIncidentException($"The blob {key} has no report.");
        try
        {
            var incident = JsonSerializer.Deserialize(blob.Span[..end], IncidentJson.Default.Incident) ?? throw new JsonException("It is null.");
            if (incident.Schema > Incident.CurrentSchema) throw new UnreadableIncidentException($"The blob {key} was written by a newer 8D Bot.");
            return incident with { Report = Report.Read(Encoding.UTF8.GetString(blob.Span[(end + 1)..]), TemplateOf(incident)) };
        }
        catch (JsonException cause)
        {
            throw new UnreadableIncidentException($"The blob {key} cannot be read: its JSON is damaged, or of another shape, at byte {cause.BytePositionInLine}."); // the parser's own words may quote somebody
        }
    }

    private static Template TemplateOf(Incident incident) =>
        Template.BuiltIn.FirstOrDefault(template => template.Name == incident.TemplateName && template.Text == incident.TemplateText)
        ?? Template.Read(incident.TemplateName, incident.TemplateText);
}

/// <summary>An 8D's blob that this build cannot read; it is left as it is, and its conversation is answered 503.</summary>
internal sealed class UnreadableIncidentException(string message) : Exception(message);

/// <summary>The JSON of what the shell keeps. Nothing that is missing is written, so that a member of a later build can be told from none.</summary>
[JsonSerializable(typeof(Incident))]
[JsonSerializable(typeof(WorkspaceSettings))]
[JsonSerializable(typeof(LogEntry[]))]
[JsonSerializable(typeof(Person))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true, Converters = [typeof(LogEntryConverter)])]
internal sealed partial class IncidentJson : JsonSerializerContext;

/// <summary>The JSON of a log entry by itself.</summary>
[JsonSerializable(typeof(LogEntry))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
internal sealed partial class LogEntryJson : JsonSerializerContext;

/// <summary>Log entries as JSON that is made once: an entry is written with each turn that follows it.</summary>
internal sealed class LogEntryConverter : JsonConverter<LogEntry>
{
    private static readonly ConditionalWeakTable<LogEntry, byte[]> Made = [];

    public override LogEntry? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonSerializer.Deserialize(ref reader, LogEntryJson.Default.LogEntry);

    public override void Write(Utf8JsonWriter writer, LogEntry value, JsonSerializerOptions options) => writer.WriteRawValue(Made.GetValue(value, Make), skipInputValidation: true);

    private static byte[] Make(LogEntry entry)
    {
        ArrayBufferWriter<byte> made = new(512);
        using (var writer = new Utf8JsonWriter(made, IncidentBlob.AsItIs)) JsonSerializer.Serialize(writer, entry, LogEntryJson.Default.LogEntry);
        return made.WrittenSpan.ToArray();
    }
}
