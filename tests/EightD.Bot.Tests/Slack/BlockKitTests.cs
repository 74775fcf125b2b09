using System.Text.Json;
using EightD.Bot.Channels.Slack;
using EightD.Incidents.Cards;

namespace EightD.Bot.Tests.Slack;

/// <summary>What is drawn as blocks stands there as it was written, and is no longer in one script than in another.</summary>
public sealed class BlockKitTests
{
    [Theory]
    [InlineData("database ")]
    [InlineData("база дан ")]
    [InlineData("データベースで ")]
    [InlineData("قاعدة ال ")]
    public void As_many_characters_stand_in_one_message_whatever_script_they_are_of(string word)
    {
        var text = string.Concat(Enumerable.Repeat(word, 10_000 / word.Length));
        Assert.Single(BlockKit.Draw(new Message(text)));
        Assert.Single(BlockKit.Draw(new Message("See the card.", new Card("Database down", [], text, []))));
    }

    [Fact]
    public void Of_what_JSON_escapes_nothing_is_lost_and_half_a_character_is_replaced()
    {
        const string Written = "\"3 < 4\" \\ 5\tü🧯\n";
        using var drawn = JsonDocument.Parse(BlockKit.Blocks(new Card("8D", [], Body: null, [new("go", Written, "Go"), new("half", "🧯"[..1], "Half")])).Last());
        Assert.Equal([Written, "\ufffd"], drawn.RootElement.GetProperty("elements").EnumerateArray().Select(button => button.GetProperty("value").GetString()));
    }
}
