using System.Text.Json;

namespace EightD.Bot.Tests.Slack;

/// <summary>The judge is judged by hand: each limit at its edge, where nothing is said, and one over.</summary>
public sealed class SlackLimitsTests
{
    private const string Hello = /*lang=json*/ """{"type":"section","text":{"type":"mrkdwn","text":"hello"}}""";

    /// <summary>JSON of blocks with a hole for something of a length, the most that is allowed, and where it is complained of.</summary>
    public static TheoryData<string, int, string> LengthsInMessages { get; } = new()
    {
        { """[{"type":"section","text":{"type":"mrkdwn","text":"§"}}]""", 3_000, "/blocks/0/text/text" },
        { """[{"type":"section","fields":[{"type":"mrkdwn","text":"§"}]}]""", 2_000, "/blocks/0/fields/0/text" },
        { """[{"type":"section","block_id":"§","text":{"type":"mrkdwn","text":"a"}}]""", 255, "/blocks/0/block_id" },
        { """[{"type":"header","text":{"type":"plain_text","text":"§","emoji":false}}]""", 150, "/blocks/0/text/text" },
        { """[{"type":"image","image_url":"https://a.example/b.png","alt_text":"§"}]""", 2_000, "/blocks/0/alt_text" },
        { """[{"type":"image","image_url":"§","alt_text":"a"}]""", 3_000, "/blocks/0/image_url" },
        { $"[{ButtonWith("\"action_id\":\"§\"")}]", 255, "/blocks/0/elements/0/action_id" },
        { $"[{ButtonWith("\"value\":\"§\"")}]", 2_000, "/blocks/0/elements/0/value" },
        { $"[{ButtonWith("\"url\":\"§\"")}]", 3_000, "/blocks/0/elements/0/url" },
        { """[{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"§","emoji":false},"accessibility_label":"a"}]}]""", 75, "/blocks/0/elements/0/text/text" },
        { """[{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"a","emoji":false},"accessibility_label":"§"}]}]""", 75, "/blocks/0/elements/0/accessibility_label" },
        { $"[{ButtonWith(ConfirmWith(title: "§"))}]", 100, "/blocks/0/elements/0/confirm/title/text" },
        { $"[{ButtonWith(ConfirmWith(text: "§"))}]", 300, "/blocks/0/elements/0/confirm/text/text" },
        { $"[{ButtonWith(ConfirmWith(confirm: "§"))}]", 30, "/blocks/0/elements/0/confirm/confirm/text" },
        { $"[{ButtonWith(ConfirmWith(deny: "§"))}]", 30, "/blocks/0/elements/0/confirm/deny/text" },
        { $"[{Actions(Select(Option(text: "§")))}]", 75, "/blocks/0/elements/0/options/0/text/text" },
        { $"[{Actions(Select(Option(value: "§")))}]", 150, "/blocks/0/elements/0/options/0/value" },
        { $"[{Actions(Select(Option(description: "§")))}]", 75, "/blocks/0/elements/0/options/0/description/text" },
        { $"[{Actions($$"""{"type":"static_select","placeholder":{"type":"plain_text","text":"§","emoji":false},"options":[{{Option()}}]}""")}]", 150, "/blocks/0/elements/0/placeholder/text" },
        { """[{"type":"context","elements":[{"type":"mrkdwn","text":"§"}]}]""", 3_000, "/blocks/0/elements/0/text" },
        { """[{"type":"table","rows":[[{"type":"raw_text","text":"§"}]]}]""", 3_000, "/blocks/0/rows/0/0/text" },
    };

    /// <summary>JSON of blocks with a hole for items, an item, the most, where.</summary>
    public static TheoryData<string, string, int, string> CountsInMessages { get; } = new()
    {
        { "[§]", """{"type":"divider"}""", 50, "/blocks" },
        { """[{"type":"section","fields":[§]}]""", """{"type":"mrkdwn","text":"a"}""", 10, "/blocks/0/fields" },
        { """[{"type":"context","elements":[§]}]""", """{"type":"mrkdwn","text":"a"}""", 10, "/blocks/0/elements" },
        { """[{"type":"actions","elements":[§]}]""", """{"type":"button","text":{"type":"plain_text","text":"a","emoji":false},"accessibility_label":"a"}""", 25, "/blocks/0/elements" },
        { $"[{Actions("""{"type":"static_select","options":[§]}""")}]", Option(value: "#"), 100, "/blocks/0/elements/0/options" },
        { $"[{Actions("""{"type":"static_select","option_groups":[§]}""")}]", $$"""{"label":{"type":"plain_text","text":"a","emoji":false},"options":[{{Option(value: "#")}}]}""", 100, "/blocks/0/elements/0/option_groups" },
        { $"[{Actions("""{"type":"radio_buttons","options":[§]}""")}]", Option(value: "#"), 10, "/blocks/0/elements/0/options" },
        { $"[{Actions("""{"type":"checkboxes","options":[§]}""")}]", Option(value: "#"), 10, "/blocks/0/elements/0/options" },
        { $"[{Actions("""{"type":"overflow","options":[§]}""")}]", Option(value: "#"), 5, "/blocks/0/elements/0/options" },
        { """[{"type":"table","rows":[§]}]""", """[{"type":"raw_text","text":"a"}]""", 100, "/blocks/0/rows" },
        { """[{"type":"table","rows":[[§]]}]""", """{"type":"raw_text","text":"a"}""", 20, "/blocks/0/rows/0" },
    };

    /// <summary>JSON of a modal with a hole.</summary>
    public static TheoryData<string, int, string> LengthsInModals { get; } = new()
    {
        { Modal(title: "§"), 24, "/title/text" },
        { Modal(own: """ "close":{"type":"plain_text","text":"§","emoji":false}, """), 24, "/close/text" },
        { Modal().Replace("\"Save\"", "\"§\"", StringComparison.Ordinal), 24, "/submit/text" },
        { Modal(own: "\"private_metadata\":\"§\","), 3_000, "/private_metadata" },
        { Modal(own: "\"callback_id\":\"§\","), 255, "/callback_id" },
        { Modal(own: "\"external_id\":\"§\","), 255, "/external_id" },
        { Modal(label: "§"), 2_000, "/blocks/0/label/text" },
        { Modal(hint: "§"), 2_000, "/blocks/0/hint/text" },
        { Modal(input: "\"initial_value\":\"§\""), 3_000, "/blocks/0/element/initial_value" },
        { Modal(input: "\"max_length\":40,\"initial_value\":\"§\""), 40, "/blocks/0/element/initial_value" },
        { Modal(input: "\"placeholder\":{\"type\":\"plain_text\",\"text\":\"§\",\"emoji\":false}"), 150, "/blocks/0/element/placeholder/text" },
        { Modal(input: "\"action_id\":\"§\""), 255, "/blocks/0/element/action_id" },
    };

    /// <summary>Blocks that Slack refuses, and where.</summary>
    public static TheoryData<string, string> Refused { get; } = new()
    {
        { """[{"type":"sections","text":{"type":"mrkdwn","text":"a"}}]""", "/blocks/0/type" },
        { """[{"type":"section"}]""", "/blocks/0" },
        { """[{"type":"section","text":{"type":"mrkdwn","text":""}}]""", "/blocks/0/text/text" },
        { """[{"type":"section","text":{"type":"mrkdwn","text":"a","emoji":false}}]""", "/blocks/0/text/emoji" },
        { """[{"type":"section","text":{"type":"markdown","text":"a"}}]""", "/blocks/0/text" },
        { """[{"type":"section","text":"a"}]""", "/blocks/0/text" },
        { """[{"type":"section","text":{"type":"mrkdwn","text":"a"},"colour":"red"}]""", "/blocks/0/colour" },
        { """[{"type":"header","text":{"type":"mrkdwn","text":"a"}}]""", "/blocks/0/text" },
        { """[{"type":"divider","text":"a"}]""", "/blocks/0/text" },
        { """[{"type":"actions","elements":[]}]""", "/blocks/0/elements" },
        { """[{"type":"actions","elements":[{"type":"plain_text_input","action_id":"a"}]}]""", "/blocks/0/elements/0/type" },
        { """[{"type":"actions","elements":[{"type":"multi_users_select","action_id":"a"}]}]""", "/blocks/0/elements/0/type" },
        { $"[{ButtonWith("\"style\":\"warning\"")}]", "/blocks/0/elements/0/style" },
        { $"[{ButtonWith("\"label\":\"a\"")}]", "/blocks/0/elements/0/label" },
        { $"[{ButtonWith("\"value\":7")}]", "/blocks/0/elements/0/value" },
        { """[{"type":"divider","block_id":"a"},{"type":"section","block_id":"a","text":{"type":"mrkdwn","text":"a"}}]""", "/blocks/1/block_id" },
        { """[{"type":"actions","elements":[{"type":"users_select","action_id":"a"},{"type":"users_select","action_id":"a"}]}]""", "/blocks/0/elements/1/action_id" },
        { $"[{Actions($$$"""{"type":"static_select","options":[{{{Option()}}}],"initial_option":{{{Option(value: "b")}}}}""")}]", "/blocks/0/elements/0/initial_option" },
        { $"[{Actions($$$"""{"type":"static_select","options":[{{{Option(description: "a")}}}],"initial_option":{{{Option()}}}}""")}]", "/blocks/0/elements/0/initial_option" },
        { $"[{Actions("""{"type":"static_select"}""")}]", "/blocks/0/elements/0" },
        { $"[{Actions("""{"type":"datepicker","initial_date":"30.12.2024"}""")}]", "/blocks/0/elements/0/initial_date" },
        { """[{"type":"image","image_url":"https://a.example/b.png"}]""", "/blocks/0/alt_text" },
        { """[{"type":"rich_text","elements":[{"type":"rich_text_list","elements":[]}]}]""", "/blocks/0/elements/0/style" },
        { """[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text"}]}]}]""", "/blocks/0/elements/0/elements/0/text" },
        { """[{"type":"table","rows":[[{"type":"raw_text","text":"a"}]]},{"type":"table","rows":[[{"type":"raw_text","text":"a"}]]}]""", "/blocks" },
        { """{"type":"divider"}""", "/blocks" },
    };

    /// <summary>Modals that Slack refuses, and where.</summary>
    public static TheoryData<string, string> RefusedModals { get; } = new()
    {
        { """{"type":"modal","blocks":[]}""", "/title" },
        { """{"type":"modal","title":{"type":"plain_text","text":"a","emoji":false}}""", "/blocks" },
        { """{"type":"dialog","title":{"type":"plain_text","text":"a","emoji":false},"blocks":[]}""", "/type" },
        { """{"type":"modal","title":{"type":"mrkdwn","text":"a"},"blocks":[]}""", "/title" },
        { Modal().Replace("\"submit\":{\"type\":\"plain_text\",\"text\":\"Save\",\"emoji\":false},", "", StringComparison.Ordinal), "/submit" },
        { Modal(own: "\"state\":{},"), "/state" },
        { Modal(input: "\"min_length\":3001"), "/blocks/0/element/min_length" },
        { Modal(input: "\"max_length\":3001"), "/blocks/0/element/max_length" },
        { Modal(input: "\"max_length\":0"), "/blocks/0/element/max_length" },
        { Modal(input: "\"min_length\":5,\"initial_value\":\"four\""), "/blocks/0/element/initial_value" },
        { Modal(input: "\"min_length\":5,\"max_length\":4"), "/blocks/0/element/min_length" },
        { Modal(input: "\"value\":\"a\""), "/blocks/0/element/value" },
        { Modal(more: """,{"type":"table","rows":[[{"type":"raw_text","text":"a"}]]}"""), "/blocks/1/type" },
        { Modal(more: ""","divider" """), "/blocks/1/type" },
        { """{"type":"home","title":{"type":"plain_text","text":"a","emoji":false},"blocks":[]}""", "/title" },
        { """{"type":"home","submit":{"type":"plain_text","text":"a","emoji":false},"blocks":[]}""", "/submit" },
        { """{"type":"home","close":{"type":"plain_text","text":"a","emoji":false},"blocks":[]}""", "/close" },
    };

    /// <summary>What Slack takes and we do not, in the place of a message's blocks.</summary>
    public static TheoryData<string, string> Remarked { get; } = new()
    {
        { """[{"type":"header","text":{"type":"plain_text","text":"a"}}]""", "/blocks/0/text/emoji" },
        { """[{"type":"header","text":{"type":"plain_text","text":"a","emoji":true}}]""", "/blocks/0/text/emoji" },
        { """[{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"a","emoji":false}}]}]""", "/blocks/0/elements/0/accessibility_label" },
        { """[{"type":"input","block_id":"b","label":{"type":"plain_text","text":"a","emoji":false},"element":{"type":"plain_text_input"}}]""", "/blocks/0" },
        { $"[{Actions($$"""{"type":"overflow","options":[{{Option()}},{{Option()}}]}""")}]", "/blocks/0/elements/0/options/1/value" },
    };

    [Theory]
    [MemberData(nameof(LengthsInMessages))]
    public void A_text_in_a_message_may_be_as_long_as_it_may_be(string blocks, int most, string where) =>
        AtItsEdge(length => SlackLimits.OfPost(Post(Filled(blocks, length))), most, where);

    [Theory]
    [MemberData(nameof(LengthsInModals))]
    public void A_text_in_a_modal_may_be_as_long_as_it_may_be(string modal, int most, string where) =>
        AtItsEdge(length => SlackLimits.OfView(Json(Filled(modal, length))), most, where);

    [Theory]
    [MemberData(nameof(CountsInMessages))]
    public void So_many_may_there_be_in_a_message(string blocks, string item, int most, string where) =>
        AtItsEdge(count => SlackLimits.OfPost(Post(Repeated(blocks, item, count))), most, where);

    [Fact]
    public void A_modal_has_at_most_a_hundred_blocks() =>
        AtItsEdge(count => SlackLimits.OfView(Json(Repeated("""{"type":"modal","title":{"type":"plain_text","text":"a","emoji":false},"blocks":[§]}""", Hello, count))), 100, "/blocks");

    [Fact]
    public void A_home_tab_has_at_most_a_hundred_blocks() =>
        AtItsEdge(count => SlackLimits.OfView(Json(Repeated("""{"type":"home","blocks":[§]}""", Hello, count))), 100, "/blocks");

    [Fact]
    public void A_view_has_at_most_250_KB()
    {
        var section = Filled("""{"type":"section","text":{"type":"mrkdwn","text":"§"}}""", 2_900);
        var bare = Repeated("""{"type":"home","private_metadata":"~","blocks":[§]}""", section, 86);
        string Of(int bytes) => bare.Replace("~", new string('p', bytes - bare.Length + 1), StringComparison.Ordinal);

        Assert.Empty(SlackLimits.OfView(Json(Of(256_000))));
        Assert.Equal("view_too_large", Assert.Single(SlackLimits.OfView(Json(Of(256_001)))).Error);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Slack_refuses_these_blocks(string blocks, string where) =>
        Assert.Contains(SlackLimits.OfPost(Post(blocks)), complaint => complaint.Pointer == where && complaint.Error is not null);

    [Theory]
    [MemberData(nameof(RefusedModals))]
    public void Slack_refuses_these_views(string view, string where) =>
        Assert.Contains(SlackLimits.OfView(Json(view)), complaint => complaint.Pointer == where && complaint.Error is not null);

    [Theory]
    [MemberData(nameof(Remarked))]
    public void Slack_takes_these_blocks_and_we_do_not(string blocks, string where)
    {
        var complaint = Assert.Single(SlackLimits.OfPost(Post(blocks)));
        Assert.Equal((where, null), (complaint.Pointer, complaint.Error));
    }

    [Theory]
    [InlineData(""" "blocks":[] """, "no_text")]
    [InlineData(""" "text":"  " """, "no_text")]
    [InlineData(""" "text":7 """, "no_text")]
    [InlineData(""" "text":"a","blocks":"[" """, "invalid_blocks_format")]
    [InlineData(""" "text":"a","markdown_text":"a" """, "markdown_text_conflict")]
    [InlineData(""" "text":"a","metadata":{"event_type":"a"} """, "invalid_metadata_format")]
    [InlineData(""" "text":"a","metadata":{"event_type":"a","event_payload":"b"} """, "invalid_metadata_format")]
    [InlineData(""" "text":"a","metadata":{"event_type":"","event_payload":{}} """, "invalid_metadata_format")]
    [InlineData(""" "text":"a","metadata":{"event_type":"a","event_payload":{},"id":1} """, "invalid_metadata_format")]
    [InlineData(""" "text":"a","thread_ts":1700000000.0001 """, "invalid_blocks")]
    public void Slack_refuses_these_messages(string properties, string error) =>
        Assert.Equal(error, Assert.Single(SlackLimits.OfPost(Json($$$"""{"channel":"C1","unfurl_links":false,"unfurl_media":false,{{{properties}}}}"""))).Error);

    [Fact]
    public void A_message_that_unfurls_or_has_an_unknown_argument_is_remarked_on() => Assert.Equal(
        ["/chanel", "/unfurl_links", "/unfurl_media"],
        SlackLimits.OfPost(Json("""{"channel":"C1","text":"a","unfurl_links":true,"chanel":"C1"}""")).Select(complaint => complaint.Pointer));

    [Fact]
    public void A_message_says_at_most_40000_characters_and_an_update_4000()
    {
        string Post(int length) => $$"""{"channel":"C1","unfurl_links":false,"unfurl_media":false,"text":"{{new string('a', length)}}"}""";
        string Update(int length) => $$"""{"channel":"C1","ts":"1.2","parse":"none","text":"{{new string('a', length)}}"}""";

        Assert.Empty(SlackLimits.OfPost(Json(Post(40_000))));
        Assert.Null(Assert.Single(SlackLimits.OfPost(Json(Post(40_001)))).Error);
        Assert.Empty(SlackLimits.OfUpdate(Json(Update(4_000))));
        Assert.Equal("msg_too_long", Assert.Single(SlackLimits.OfUpdate(Json(Update(4_001)))).Error);
    }

    [Fact]
    public void An_update_says_how_it_is_parsed() =>
        Assert.Equal("/parse", Assert.Single(SlackLimits.OfUpdate(Json("""{"channel":"C1","ts":"1.2","text":"a"}"""))).Pointer);

    [Fact]
    public void All_blocks_together_stay_under_12000_characters()
    {
        string Of(int characters) => Repeated("[§]", """{"type":"section","text":{"type":"mrkdwn","text":"~"}}""", 6).Replace("~", new string('a', characters / 6), StringComparison.Ordinal);

        Assert.Empty(SlackLimits.OfPost(Post(Of(11_994))));
        Assert.Equal(("/blocks", null), Assert.Single(SlackLimits.OfPost(Post(Of(12_000)))) is var remark ? (remark.Pointer, remark.Error) : default);
        Assert.Equal("msg_blocks_too_long", Assert.Single(SlackLimits.OfPost(Post(Of(13_206)))).Error);
    }

    [Fact]
    public void Markdown_blocks_have_12000_characters_together()
    {
        string Of(int length) => $$"""[{"type":"markdown","text":"{{new string('a', 6_000)}}"},{"type":"markdown","text":"{{new string('a', length)}}"}]""";

        Assert.DoesNotContain(SlackLimits.OfPost(Post(Of(6_000))), complaint => complaint.Error == "invalid_blocks");
        Assert.Contains(SlackLimits.OfPost(Post(Of(6_001))), complaint => complaint.Error == "invalid_blocks");
    }

    [Fact]
    public void What_is_well_made_is_not_complained_of()
    {
        const string Blocks = """
            [{"type":"header","block_id":"h","text":{"type":"plain_text","text":"8D 3: Database down","emoji":false}},
             {"type":"section","fields":[{"type":"mrkdwn","text":"*Lead*\n<@U1>"},{"type":"plain_text","text":"a","emoji":false}],
              "accessory":{"type":"overflow","action_id":"more","options":[{"text":{"type":"plain_text","text":"Log","emoji":false},"value":"log","url":"https://a.example"}]}},
             {"type":"context","elements":[{"type":"mrkdwn","text":"a","verbatim":true},{"type":"image","image_url":"https://a.example/b.png","alt_text":"b"}]},
             {"type":"divider"},
             {"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"a","style":{"bold":true}},{"type":"user","user_id":"U1"},{"type":"link","url":"https://a.example"}]},
              {"type":"rich_text_list","style":"bullet","indent":0,"elements":[{"type":"rich_text_section","elements":[{"type":"emoji","name":"tada"}]}]},
              {"type":"rich_text_preformatted","elements":[{"type":"text","text":"code"}]}]},
             {"type":"table","column_settings":[{"align":"right","is_wrapped":true}],"rows":[[{"type":"raw_text","text":"a"},{"type":"raw_number","value":1},{"type":"rich_text","elements":[]}]]},
             {"type":"actions","elements":[
              {"type":"button","action_id":"done","value":"3.2","style":"primary","text":{"type":"plain_text","text":"Done","emoji":false},"accessibility_label":"Done: restart the DB"},
              {"type":"users_select","action_id":"who","initial_user":"U1","placeholder":{"type":"plain_text","text":"Who","emoji":false}},
              {"type":"datepicker","action_id":"day","initial_date":"2024-12-30"}]}]
            """;
        Assert.Empty(SlackLimits.OfPost(Post(Blocks)));
        Assert.Empty(SlackLimits.OfPost(Json("""{"channel":"C1","text":"a","unfurl_links":false,"unfurl_media":false,"thread_ts":"1.2","metadata":{"event_type":"8d","event_payload":{"id":"7"}}}""")));
        Assert.Empty(SlackLimits.OfEphemeral(Json("""{"channel":"C1","user":"U1","text":"a"}""")));
        Assert.Empty(SlackLimits.OfResponse(Json("""{"response_type":"in_channel","text":"a","replace_original":true}""")));
        Assert.Empty(SlackLimits.OfResponse(Json("""{"delete_original":true}""")));
        Assert.Empty(SlackLimits.OfView(Json(Modal(input: "\"multiline\":true,\"min_length\":0,\"max_length\":3000,\"focus_on_load\":true"))));
    }

    [Theory]
    [InlineData("""{"display_information":{"name":"123456789012345678901234567890123456"}}""", "/display_information/name")]
    [InlineData("""{"display_information":{"name":"a"},"featurs":{}}""", "/featurs")]
    [InlineData("""{"display_information":{"name":"a"},"features":{"shortcuts":[{"name":"1234567890123456789012345","type":"global","callback_id":"a","description":"b"}]}}""", "/features/shortcuts/0/name")]
    [InlineData("""{"display_information":{"name":"a"},"features":{"slash_commands":[{"command":"/8d","description":"b"}]}}""", "/features/slash_commands/0/should_escape")]
    public void A_manifest_is_held_to_its_limits(string manifest, string where) => Assert.Equal(where, Assert.Single(ManifestLimits.Of(Json(manifest))).Pointer);

    private static void AtItsEdge(Func<int, List<SlackComplaint>> complaintsOf, int most, string where)
    {
        Assert.Empty(complaintsOf(most));
        Assert.Contains(complaintsOf(most + 1), complaint => complaint.Pointer == where);
    }

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);

    private static JsonElement Post(string blocks) => Json($$$"""{"channel":"C1","text":"a","unfurl_links":false,"unfurl_media":false,"blocks":{{{blocks}}}}""");

    private static string Filled(string json, int length) => json.Replace("§", new string('a', length), StringComparison.Ordinal);

    private static string Repeated(string json, string item, int count) =>
        json.Replace("§", string.Join(',', Enumerable.Range(0, count).Select(number => item.Replace("#", $"{number}", StringComparison.Ordinal))), StringComparison.Ordinal);

    private static string Actions(string element) => $$"""{"type":"actions","elements":[{{element}}]}""";

    private static string ButtonWith(string property) =>
        Actions($$$"""{"type":"button","text":{"type":"plain_text","text":"a","emoji":false},"accessibility_label":"a",{{{property}}}}""");

    private static string ConfirmWith(string title = "a", string text = "a", string confirm = "a", string deny = "a") => $$"""
        "confirm":{"title":{"type":"plain_text","text":"{{title}}","emoji":false},"text":{"type":"mrkdwn","text":"{{text}}"},
        "confirm":{"type":"plain_text","text":"{{confirm}}","emoji":false},"deny":{"type":"plain_text","text":"{{deny}}","emoji":false} }
        """;

    private static string Select(string option) => $$"""{"type":"static_select","options":[{{option}}]}""";

    private static string Option(string text = "a", string value = "a", string? description = null) =>
        $$$"""{"text":{"type":"plain_text","text":"{{{text}}}","emoji":false},"value":"{{{value}}}"{{{(description is null ? "" : $$""","description":{"type":"plain_text","text":"{{description}}","emoji":false}""")}}}}""";

    private static string Modal(string title = "a", string label = "a", string hint = "a", string own = "", string input = "\"multiline\":true", string more = "") => $$$"""
        {"type":"modal",{{{own}}}"title":{"type":"plain_text","text":"{{{title}}}","emoji":false},"submit":{"type":"plain_text","text":"Save","emoji":false},
        "blocks":[{"type":"input","block_id":"b","label":{"type":"plain_text","text":"{{{label}}}","emoji":false},"hint":{"type":"plain_text","text":"{{{hint}}}","emoji":false},
        "element":{"type":"plain_text_input",{{{input}}}}}{{{more}}}]}
        """;
}
