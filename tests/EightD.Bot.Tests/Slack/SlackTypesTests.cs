using EightD.Bot.Tests.Conversations;

namespace EightD.Bot.Tests.Slack;

/// <summary>What the bot sends compiles against the types that Slack publishes, and what Slack would not draw does not.</summary>
public sealed class SlackTypesTests(SlackTypes types)
{
    private static readonly string[] Disciplines = ["D0", "D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8"];

    /// <summary>What is sent, and what of it the compiler names.</summary>
    private static readonly (string What, string Sent, string Because)[] Wrong =
    [
        ("chat.postMessage", """{"channel":"C0001","text":"Hello","blocks":[{"type":"header","text":{"type":"mrkdwn","text":"Hello"}}]}""", "plain_text"),
        ("chat.postMessage", """{"channel":"C0001","text":"Hello","thread":"1.0"}""", "thread"),
        ("chat.postMessage", """{"channel":"C0001","text":"Hello","blocks":[{"type":"heading"}]}""", "heading"),
        ("chat.postEphemeral", """{"channel":"C0001","text":"Hello"}""", "user"),
        ("chat.update", """{"channel":"C0001","ts":"1.0","text":"Hello","blocks":[{"type":"actions","elements":[{"type":"button","text":"Skip","action_id":"skip"}]}]}""", "text"),
        ("views.open", """{"type":"modal","blocks":[]}""", "title"),
        ("views.update", """{"type":"modal","title":{"type":"plain_text","text":"D2"},"blocks":[{"type":"input","label":{"type":"plain_text","text":"Impact"},"element":{"type":"text_input"}}]}""", "text_input"),
        ("views.publish", """{"type":"home","title":{"type":"plain_text","text":"8D"},"blocks":[]}""", "title"),
        ("view_submission", """{"type":"modal","title":{"type":"plain_text","text":"D2"},"blocks":[{"type":"section","text":{"type":"mrkdwn","text":"one"},"accessory":{"type":"buton"}}]}""", "buton"),
        ("command", """{"text":"Hello","response_type":"everybody"}""", "everybody"),
        ("response_url", """{"text":"Hello","replaces_original":true}""", "replaces_original"),
    ];

    [Fact]
    public async Task What_is_wrong_is_refused()
    {
        var complaints = await types.ComplaintsAsync([.. Wrong.Select(wrong => new SlackShape(wrong.What, SlackJson.Parse(wrong.Sent)))]);
        Assert.All(Wrong, wrong => Assert.Contains(complaints, complaint => complaint.StartsWith($"{wrong.What}:", StringComparison.Ordinal) && complaint.Contains(wrong.Because, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task All_that_a_whole_8D_and_every_form_send_compiles()
    {
        await using var room = await SlackRoom.OpenAsync();
        await new SlackWhole(room).GoesAsync();
        await room.People.Commands("ana", "secret", "/8d start");
        await room.People.WaitsForView("ana", "Start an 8D");
        await room.People.Submits("ana", new Dictionary<string, string?> { ["title"] = "Somebody read the mail" });
        await room.CardAsync("secret");
        foreach (var discipline in Disciplines) await OpensAsync(room, () => room.People.Commands("ana", "secret", $"/8d edit {discipline}"));
        var question = await room.IsAsked("D0: Problem discovered", "secret");
        await OpensAsync(room, () => room.People.Presses("ana", question, "Answer in a form"));
        await room.Answers("ana", "A stranger answered a mail", "secret");
        await room.IsAsked("D0: Impact", "secret");
        await OpensAsync(room, () => room.People.Presses("ana", room.People.Now(question)!, "Move…"));
        await room.People.Commands("ana", "secret", "/8d answer D6 Change the password");
        var row = await room.People.WaitsFor("ana", "secret", message => message.Buttons.Any(button => button.Label == "Fill in"), "the action wants its owner and date");
        await OpensAsync(room, () => room.People.Presses("ana", row, "Fill in"));
        var said = await room.People.Posts("ana", "secret", "The mail server restarted");
        await OpensAsync(room, () => room.People.Shortcut("ana", "secret", said.Ts, "add_to_8d"));
        await OpensAsync(room, () => room.People.GlobalShortcut("ana", "start_8d"));
        await room.People.OpensHome("ana");
        await People.UntilAsync(() => Task.FromResult(room.People.HomeOf("ana") is not null), "the Home tab is there");
        foreach (var command in (string[])["help", "status --log", "actions all", "list all", "preview", "templates", "settings", "close", "close --anyway why", "nonsense"]) await room.People.Commands("ana", "secret", $"/8d {command}");

        Assert.Empty(await types.ComplaintsAsync(room.Slack.Shapes));
        Assert.Subset(room.Slack.Shapes.Select(shape => shape.What).ToHashSet(StringComparer.Ordinal), new HashSet<string>(["chat.postMessage", "chat.update", "views.open", "views.publish", "command"], StringComparer.Ordinal));
    }

    /// <summary>Opens a form and closes it.</summary>
    private static async Task OpensAsync(SlackRoom room, Func<Task<SlackAnswer>> open)
    {
        await open();
        await People.UntilAsync(() => Task.FromResult(room.People.ViewOf("ana") is not null), "the form is open");
        await room.People.Closes("ana");
    }
}
