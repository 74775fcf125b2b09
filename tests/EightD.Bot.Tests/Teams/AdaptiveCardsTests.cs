using System.Text.Json;
using EightD.Bot.Channels.Teams;
using EightD.Incidents.Cards;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace EightD.Bot.Tests.Teams;

/// <summary>Cards and dialogs as Teams takes them (teams-protocol.md, sections 8 to 10): within its limits, and with all that was written.</summary>
public sealed class AdaptiveCardsTests
{
    private static readonly string[] Between = [" ", "\n", "\n\n", "\n- ", "\n1. ", " **", "** ", " *", "* ", " `", "` ", "\n```\n", "\n> ", " | ", "\n| a | b |\n|---|---|\n| ", " <at>", "</at> ", " [", "](https://a.example) ", " ~~", "\n## ", " \\", " &amp; ", " ![", "\n---\n"];

    /// <summary>Words between any marks: each of them is seen, on pages within the limits.</summary>
    [Property(MaxTest = 300)]
    public Property Each_word_is_seen_whatever_stands_between() => Prop.ForAll(Gen.Elements(Between).ListOf().ToArbitrary(), between =>
    {
        var body = string.Concat(between.Index().Select(each => $"word{each.Index}x{each.Item}"));
        var posts = AdaptiveCards.Draw(new Message("long", new("Title", [], body, [])));
        return Complaints(posts).Count == 0 && AreAllIn(Seen(posts), between.Count);
    });

    [Theory]
    [InlineData("word ")]
    [InlineData("word\n\n")]
    [InlineData("- word\n")]
    [InlineData("| word | word |\n|---|---|\n")]
    [InlineData("**word** ")]
    [InlineData("> word\n")]
    [InlineData("```\nword\n")]
    [InlineData("[word](https://a.example) ")]
    [InlineData("[")]
    [InlineData("<at>word</at> ")]
    public void What_is_longer_than_a_message_goes_on_in_the_next(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 100_000 / piece.Length));
        var posts = AdaptiveCards.Draw(new Message("long", new("Title", [], text, [new("next", "", "Next")])));
        Assert.Empty(Complaints(posts));
        Assert.True(posts.Count > 1);
        Assert.Equal(text.Split("word").Length - 1, string.Concat(Seen(posts)).Split("word").Length - 1);
        Assert.Contains("\"Next\"", posts[0].Card, StringComparison.Ordinal); // the first is the one that is edited
        Assert.All(posts.Skip(1), post => Assert.DoesNotContain("\"Next\"", post.Card, StringComparison.Ordinal));
    }

    [Fact]
    public void A_sentence_is_text_and_what_Teams_might_read_in_it_stands_on_a_card()
    {
        Assert.Null(Assert.Single(AdaptiveCards.Draw(new("Noted."))).Card);
        foreach (var text in (string[])["a *b*", "<at>everyone</at>", "[a](b)", "two\nlines", "a & b", "# a"]) Assert.NotNull(Assert.Single(AdaptiveCards.Draw(new(text))).Card);
    }

    [Fact]
    public void A_long_input_comes_back_whole()
    {
        var text = string.Join('\n', Enumerable.Range(0, 900).Select(line => $"line {line} of it"));
        var form = new Form("edit.D4.1", "D4", [new("p0", "Root cause analysis", InputKind.Text, Value: text), new("p1", "Evidence", InputKind.Text, Value: "short")]);
        var task = JsonSerializer.SerializeToElement(AdaptiveCards.Draw(form, new("edit.D4.1", new("form", "edit.D4"), Captured: null, "1", 0), kept: null, errors: null));
        Assert.Empty(CardLimits.OfDialog(task));
        var inputs = new TeamsAnswer(200, JsonSerializer.SerializeToElement(new { task })).Inputs;

        var values = AdaptiveCards.ValuesOf(JsonSerializer.SerializeToElement(new { data = inputs.ToDictionary(input => input.Id, input => input.Value) }));

        Assert.True(inputs.Count > 2);
        Assert.Equal((text, "short"), (values["p0"], values["p1"]));
    }

    [Fact]
    public void A_part_that_no_dialog_holds_is_left_as_it_is_and_said()
    {
        var form = new Form("edit.D4.1", "D4", [new("p0", "Root cause analysis", InputKind.Text, Value: new string('a', 90_000)), new("p1", "Evidence", InputKind.Text, Value: "short")]);
        var task = JsonSerializer.SerializeToElement(AdaptiveCards.Draw(form, new("edit.D4.1", new("form", "edit.D4"), Captured: null, "1", 0), kept: null, errors: null));
        Assert.Empty(CardLimits.OfDialog(task));
        Assert.Contains("Root cause analysis is too long for a form in Teams", task.GetRawText(), StringComparison.Ordinal);
    }

    private static List<string> Complaints(IReadOnlyList<TeamsPost> posts) => [.. posts.SelectMany(post => CardLimits.Of(JsonSerializer.Deserialize<JsonElement>(TeamsMessage.Of(post))))];

    private static IEnumerable<string> Seen(IReadOnlyList<TeamsPost> posts) => posts.Select(post => new TeamsShown("", "", JsonSerializer.Deserialize<JsonElement>(TeamsMessage.Of(post)), To: null).Shown);

    private static bool AreAllIn(IEnumerable<string> pages, int count)
    {
        var seen = string.Join('\n', pages);
        return Enumerable.Range(0, count).All(word => seen.Contains($"word{word}x", StringComparison.Ordinal));
    }
}
