namespace EightD.Incidents.Cards;

/// <summary>What is posted: text that says everything, and a card where the channel can draw one.</summary>
/// <param name="Text">Markdown; readable aloud, holds the whole question and its choices.</param>
/// <param name="Card">Null for plain text.</param>
public sealed record Message(string Text, Card? Card = null)
{
    /// <summary>Who is mentioned before the text, so that the channel tells that person; null: nobody.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public Person? Mentions { get; init; }
}

/// <summary>A card in no channel's words; each channel draws it in its own tongue.</summary>
/// <param name="Title">Plain text.</param>
/// <param name="Fields">Short facts.</param>
/// <param name="Body">Markdown; null for none.</param>
/// <param name="Buttons">In order.</param>
public sealed record Card(string Title, IReadOnlyList<Field> Fields, string? Body, IReadOnlyList<Button> Buttons);

/// <summary>A short fact on a card.</summary>
/// <param name="Name">Plain text.</param>
/// <param name="Value">Plain text.</param>
public sealed record Field(string Name, string Value);

/// <summary>A button. Old buttons are harmless: the value says what they were drawn from.</summary>
/// <param name="Action">What it does.</param>
/// <param name="Value">To what: ids and versions only, never what people wrote.</param>
/// <param name="Label">Plain text.</param>
public sealed record Button(string Action, string Value, string Label)
{
    /// <summary>Whether a press opens a form, for channels whose buttons must say so beforehand.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool OpensForm => Action is "form" or "move";
}

/// <summary>A form in no channel's words.</summary>
/// <param name="Id">Says what it is for and from which version it was drawn: <c>edit.D4.17</c>. Letters, digits, <c>.</c>, <c>-</c> and <c>_</c>.</param>
/// <param name="Title">Plain text.</param>
/// <param name="Inputs">In order.</param>
public sealed record Form(string Id, string Title, IReadOnlyList<Input> Inputs)
{
    /// <summary>The id of the form that begins an 8D.</summary>
    public const string Start = "start";

    /// <summary>
    /// The id of the form that files a message. The channel fills in its text before it is shown, and hands over beside what was typed whose it is:
    /// <see cref="CapturedBy"/> (an id), <see cref="CapturedName"/>, <see cref="CapturedAt"/> (ISO 8601) and <see cref="CapturedLink"/>.
    /// </summary>
    public const string Capture = "capture";

    /// <summary>A value beside a form that files a message.</summary>
    public const string CapturedBy = "by", CapturedName = "name", CapturedAt = "at", CapturedLink = "link", CapturedText = "text";
}

/// <summary>One input of a form.</summary>
/// <param name="Id">Unique in its form.</param>
/// <param name="Label">Plain text.</param>
/// <param name="Kind">What kind of input.</param>
/// <param name="Required">Whether it must be filled.</param>
/// <param name="Value">What it holds at first.</param>
/// <param name="Options">Of a choice.</param>
/// <param name="Hint">Null for none.</param>
public sealed record Input(
    string Id, string Label, InputKind Kind, bool Required = false, string Value = "", IReadOnlyList<Option>? Options = null, string? Hint = null);

/// <summary>One of a choice.</summary>
public sealed record Option(string Value, string Label);

/// <summary>The kinds of input.</summary>
public enum InputKind
{
    /// <summary>One line.</summary>
    Line,

    /// <summary>Many lines.</summary>
    Text,

    /// <summary>One of its options.</summary>
    Choice,
}
