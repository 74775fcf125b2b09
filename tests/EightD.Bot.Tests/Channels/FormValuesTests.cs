using EightD.Bot.Channels;
using FsCheck.Xunit;

namespace EightD.Bot.Tests.Channels;

/// <summary>A long text is several inputs of a platform, and the same text when they come back.</summary>
public sealed class FormValuesTests
{
    [Fact]
    public void A_text_parts_at_a_line_end_where_there_is_one_and_within_a_line_where_there_is_none()
    {
        Assert.Equal([("D4.1", "one"), ("D4.1~1", "two th"), ("D4.1~2c", "ree")], FormValues.Pieces("D4.1", "one\ntwo three", most: 6));
    }

    [Property(MaxTest = 500)]
    public void What_people_typed_comes_back_as_they_typed_it(string[] lines, byte most)
    {
        var text = string.Join('\n', lines.Select(line => (line ?? "").Replace("\r", "", StringComparison.Ordinal).ReplaceLineEndings("\n"))).Trim('\n');
        var longest = Math.Max((int)most, 2);

        var pieces = FormValues.Pieces("D4.1", text, longest).ToList();

        Assert.All(pieces, piece => Assert.InRange(piece.Text.Length, 0, longest));
        Assert.Equal(pieces.Count, pieces.DistinctBy(piece => piece.Id).Count());
        Assert.Equal(text, FormValues.Joined(pieces)["D4.1"]);
    }

    [Fact]
    public void A_character_of_two_units_is_not_parted()
    {
        Assert.Equal(["a", "😀", "b"], FormValues.Pieces("D4.1", "a😀b", most: 2).Select(piece => piece.Text));
    }
}
