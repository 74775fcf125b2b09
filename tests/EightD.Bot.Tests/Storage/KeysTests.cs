using System.Text;
using EightD.Bot.Storage;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace EightD.Bot.Tests.Storage;

/// <summary>Two different names never meet in one key, and no key crosses a tenant.</summary>
[Properties(Arbitrary = [typeof(Names)], MaxTest = 500)]
public sealed class KeysTests
{
    [Property]
    public bool Two_conversations_never_meet(Name tenant, Name one, Name other) =>
        one == other
        || (Keys.Open(tenant.Text, one.Text) != Keys.Open(tenant.Text, other.Text)
            && !Keys.Talk(tenant.Text, one.Text, 3).StartsWith(Keys.Talk(tenant.Text, other.Text), StringComparison.Ordinal));

    [Property]
    public bool Two_people_never_meet_but_for_upper_and_lower_case(Name tenant, Name one, Name other) =>
        Folded(one) == Folded(other) || !Keys.Owner(tenant.Text, one.Text, "1").StartsWith(Keys.Owner(tenant.Text, other.Text), StringComparison.Ordinal);

    [Property]
    public bool No_key_and_no_listing_crosses_a_tenant(Name one, Name other, Name conversation, Name person) =>
        one == other || Whole(one, conversation, person).All(key =>
            !Whole(other, conversation, person).Contains(key, StringComparer.Ordinal) && Listings(other, conversation, person).All(prefix => !key.StartsWith(prefix, StringComparison.Ordinal)));

    [Property]
    public bool A_conversation_is_read_back_from_its_key_unless_it_is_long(Name tenant, Name conversation) =>
        Keys.ReadTalk(Keys.Talk(tenant.Text, conversation.Text, 7)) is var read && (read == conversation.Text || (read is null && Encoding.UTF8.GetByteCount(conversation.Text) > 90));

    [Property]
    public bool A_marker_is_read_back(Name tenant) =>
        Encoding.UTF8.GetByteCount(tenant.Text) > 90
        || Keys.ReadDueMarker(Keys.DueMarker(Noon, tenant.Text, ["0a1b", "7"], "deliver")) is { Words: ["0a1b", "7"], What: "deliver" } marker && marker.Tenant == tenant.Text && marker.At == Noon;

    [Property]
    public bool A_marker_that_is_filed_again_differs_in_its_minute_alone(Name tenant) =>
        Keys.Refiled(Keys.DueMarker(Noon, tenant.Text, ["0a1b"], "deliver"), Noon.AddDays(3)) == Keys.DueMarker(Noon.AddDays(3), tenant.Text, ["0a1b"], "deliver");

    [Fact]
    public void Of_the_open_8Ds_the_one_with_the_highest_number_is_listed_first()
    {
        string[] keys = [Keys.Opened("playground", 12_345, "a"), Keys.Opened("playground", 100, "b"), Keys.Opened("playground", 99, "c"), Keys.Opened("playground", 1, "d")];

        Assert.Equal(keys, keys.Order(StringComparer.Ordinal));
        Assert.All(keys, key => Assert.StartsWith(Keys.Opened("playground"), key, StringComparison.Ordinal));
        Assert.Equal(Keys.Incident("playground", "b"), Keys.IncidentOf(keys[1]));
    }

    [Property]
    public bool A_key_is_plain_ASCII_that_every_store_takes(Name tenant, Name conversation, Name person) =>
        Whole(tenant, conversation, person).All(key => key.Length <= 1024 && key.All(character => char.IsAsciiLetterOrDigit(character) || character is '/' or '-' or '_' or '.'))
        && Whole(tenant, conversation, person).All(key => key.Split('/').All(word => word is not ("." or "..")));

    [Fact]
    public void Markers_are_listed_in_the_order_of_their_minutes()
    {
        var first = new DateTimeOffset(2024, 12, 31, 23, 59, 0, TimeSpan.Zero);
        string[] keys = [.. Enumerable.Range(0, 30).Select(step => step * 51).Select(minutes => Keys.DueMarker(first.AddMinutes(minutes), "playground", ["1"], "deliver"))];

        Assert.Equal(keys, keys.Order(StringComparer.Ordinal));
    }

    private static readonly DateTimeOffset Noon = new(2024, 12, 20, 12, 0, 0, TimeSpan.Zero);

    private static string Folded(Name name) => name.Text.Trim().ToLowerInvariant();

    private static string[] Listings(Name tenant, Name conversation, Name person) =>
        [Keys.Talks(tenant.Text), Keys.Talk(tenant.Text, conversation.Text), Keys.Opened(tenant.Text), Keys.History(tenant.Text, "1"), Keys.Owner(tenant.Text, person.Text)];

    private static string[] Whole(Name tenant, Name conversation, Name person) =>
    [
        Keys.Incident(tenant.Text, "1"), Keys.Open(tenant.Text, conversation.Text), Keys.DueMarker(Noon, tenant.Text, ["1"], "deliver"), Keys.Report(tenant.Text, 3),
        Keys.Opened(tenant.Text, 3, "1"), Keys.Owner(tenant.Text, person.Text, "1"), Keys.History(tenant.Text, "1", 7), Keys.Settings(tenant.Text), Keys.Talk(tenant.Text, conversation.Text, 2),
    ];

    /// <summary>A name of any characters.</summary>
    public sealed record Name(string Text);

    /// <summary>Names that look like words of keys, like each other, and like nothing at all.</summary>
    public static class Names
    {
        public static Arbitrary<Name> Any()
        {
            var piece = Gen.Elements("a", "A", "b", "/", ".", "..", "-", "_", "~", "%", "%2F", " ", "\n", "\0", "é", "e\u0301", "😀", "名", "\u202E", "b3Bz", "playground", ".0a1b", new string('x', 89), new string('é', 45));
            var any = Gen.Choose(1, 0x10FFFF).Where(rune => rune is < 0xD800 or > 0xDFFF).Select(char.ConvertFromUtf32);
            var text = Gen.OneOf(piece, any).NonEmptyListOf().Select(pieces => string.Concat(pieces.Take(8)));
            return text.Select(name => new Name(name)).ToArbitrary();
        }
    }
}
