using System.Text.Json;

namespace EightD.Bot.Tests.Slack;

/// <summary>A place in JSON.</summary>
/// <param name="Json">What stands there; undefined where nothing does.</param>
/// <param name="Pointer">Where it is.</param>
internal readonly record struct Spot(JsonElement Json, string Pointer)
{
    /// <summary>Its property <c>type</c>, which tells Slack's objects apart.</summary>
    public string? Type => Get("type") is { Json.ValueKind: JsonValueKind.String } type ? type.Json.GetString() : null;

    /// <summary>A property of it; null where it has none.</summary>
    public Spot? Get(string name) =>
        Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(name, out var value) ? new Spot(value, $"{Pointer}/{name}") : null;

    /// <summary>Where a property of it would be.</summary>
    public Spot To(string name) => new(default, $"{Pointer}/{name}");

    /// <summary>A property's text; null where it is none.</summary>
    public string? StringOf(string name) => Get(name) is { Json.ValueKind: JsonValueKind.String } text ? text.Json.GetString() : null;
}

/// <summary>Looks at JSON place by place and keeps what is wrong.</summary>
/// <param name="error">The code with which Slack refuses what is wrong, where nothing else is said.</param>
internal sealed class Inspection(string error)
{
    private const int Remembered = 200; // so that a view of 250 KB of nonsense is not 10,000 lines

    public List<SlackComplaint> Found { get; private init; } = [];

    /// <summary>The same, with another code.</summary>
    public Inspection For(string otherError) => new(otherError) { Found = Found };

    /// <summary>Slack refuses this.</summary>
    public void Refuse(Spot at, string what, string? otherError = null) => Say(at, what, otherError ?? error);

    /// <summary>Slack takes this; this project does not.</summary>
    public void Remark(Spot at, string what) => Say(at, what, error: null);

    public void Say(Spot at, string what, string? error)
    {
        if (Found.Count < Remembered) Found.Add(new(at.Pointer, what, error));
    }

    /// <summary>Has no property but these.</summary>
    public void Closed(Spot at, IReadOnlyCollection<string> known, bool isOurs = false)
    {
        if (at.Json.ValueKind != JsonValueKind.Object)
        {
            Refuse(at, "is not an object");
            return;
        }

        foreach (var property in at.Json.EnumerateObject().Where(property => !known.Contains(property.Name)))
        {
            Say(at.To(property.Name), "is not known here", isOurs ? null : error);
        }
    }

    public string? String(Spot at, string name, int most, int least = 1, bool isRequired = false)
    {
        if (at.Get(name) is not { } here)
        {
            if (isRequired) Refuse(at.To(name), "is missing");
            return null;
        }

        if (here.Json.ValueKind != JsonValueKind.String)
        {
            Refuse(here, "is not a string");
            return null;
        }

        var text = here.Json.GetString()!;
        if (text.Length > most) Refuse(here, $"has {text.Length} characters, {most} are allowed");
        if (text.Length < least) Refuse(here, $"has {text.Length} characters, {least} are needed");
        return text;
    }

    public void OneOf(Spot at, string name, params string[] allowed)
    {
        if (at.Get(name) is { } here && (here.Json.ValueKind != JsonValueKind.String || !allowed.Contains(here.Json.GetString()))) Refuse(here, $"is none of {string.Join(", ", allowed)}");
    }

    public bool? Flag(Spot at, string name)
    {
        if (at.Get(name) is not { } here) return null;
        if (here.Json.ValueKind is JsonValueKind.True or JsonValueKind.False) return here.Json.GetBoolean();
        Refuse(here, "is neither true nor false");
        return null;
    }

    public int? Whole(Spot at, string name, int least, int most)
    {
        if (at.Get(name) is not { } here) return null;
        if (here.Json.ValueKind == JsonValueKind.Number && here.Json.TryGetInt32(out var number) && number >= least && number <= most) return number;
        Refuse(here, $"is no whole number from {least} to {most}");
        return null;
    }

    public Spot? Object(Spot at, string name, bool isRequired = false)
    {
        if (at.Get(name) is not { } here)
        {
            if (isRequired) Refuse(at.To(name), "is missing");
            return null;
        }

        if (here.Json.ValueKind == JsonValueKind.Object) return here;
        Refuse(here, "is not an object");
        return null;
    }

    /// <summary>The items of an array; none where there is no array.</summary>
    public List<Spot> Array(Spot at, string name, int least, int most, bool isRequired = false)
    {
        if (at.Get(name) is not { } here)
        {
            if (isRequired) Refuse(at.To(name), "is missing");
            return [];
        }

        if (here.Json.ValueKind != JsonValueKind.Array)
        {
            Refuse(here, "is not an array");
            return [];
        }

        var items = here.Json.EnumerateArray().Select((item, index) => new Spot(item, $"{here.Pointer}/{index}")).ToList();
        if (items.Count > most) Refuse(here, $"has {items.Count} items, {most} are allowed");
        if (items.Count < least) Refuse(here, $"has {items.Count} items, {least} are needed");
        return items;
    }

    /// <summary>A text object that is <c>plain_text</c>.</summary>
    public void PlainText(Spot at, string name, int most, bool isRequired = false) => Text(at, name, most, isRequired, "plain_text");

    /// <summary>A text object of either kind.</summary>
    public void AnyText(Spot at, string name, int most, bool isRequired = false) => Text(at, name, most, isRequired, "plain_text", "mrkdwn");

    /// <summary>The text object that stands here.</summary>
    public void TextObject(Spot here, int most, params string[] kinds)
    {
        if (here.Type is not { } kind || !kinds.Contains(kind))
        {
            Refuse(here, $"is no text object of {string.Join(" or ", kinds)}");
            return;
        }

        Closed(here, kind == "plain_text" ? ["type", "text", "emoji"] : ["type", "text", "verbatim"]);
        String(here, "text", most, isRequired: true);
        Flag(here, "verbatim");
        if (kind == "plain_text" && Flag(here, "emoji") != false) Remark(here.To("emoji"), "must be false: else :words: become pictures");
    }

    private void Text(Spot at, string name, int most, bool isRequired, params string[] kinds)
    {
        if (at.Get(name) is { } here) TextObject(here, most, kinds);
        else if (isRequired) Refuse(at.To(name), "is missing");
    }
}
