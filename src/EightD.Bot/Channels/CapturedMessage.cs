using EightD.Incidents.Cards;

namespace EightD.Bot.Channels;

/// <summary>Whose message a form files.</summary>
/// <param name="By">The author's id.</param>
/// <param name="Name">The author's name.</param>
/// <param name="At">When it was said, ISO 8601.</param>
/// <param name="Link">Where it stands; null where the platform does not say it.</param>
internal sealed record CapturedMessage(string By, string Name, string At, string? Link)
{
    /// <summary>What was filled in, with whose message it is.</summary>
    public IReadOnlyDictionary<string, string> With(IReadOnlyDictionary<string, string> values) => new Dictionary<string, string>(values, StringComparer.Ordinal)
    {
        [Form.CapturedBy] = By,
        [Form.CapturedName] = Name,
        [Form.CapturedAt] = At,
        [Form.CapturedLink] = Link ?? "",
    };

    /// <summary>The form that files it, with what it says.</summary>
    public static Form Filled(Form form, string text) =>
        form with { Inputs = [.. form.Inputs.Select(input => input.Id == Form.CapturedText ? input with { Value = text } : input)] };
}
