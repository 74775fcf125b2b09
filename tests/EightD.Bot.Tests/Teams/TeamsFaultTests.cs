using EightD.Bot.Storage;
using EightD.Bot.Tests.Slack;
using Microsoft.Extensions.DependencyInjection;

namespace EightD.Bot.Tests.Teams;

/// <summary>
/// Teams refuses, is busy, or loses an answer, at each call of an 8D, one a play: nothing that people wrote is lost, there is one card, and whoever can do
/// something about it is told (teams-protocol.md, section 8).
/// </summary>
public sealed class TeamsFaultTests
{
    /// <summary>Each fault of a call; and whether it mends itself, where it does not a person decides.</summary>
    [Theory]
    [InlineData(401, "", false, true)]
    [InlineData(412, "PreconditionFailed", false, true)]
    [InlineData(429, "Throttled", false, true)]
    [InlineData(500, "ServiceError", false, true)]
    [InlineData(502, "BadGateway", false, true)]
    [InlineData(504, "GatewayTimeout", false, true)]
    [InlineData(400, "BadSyntax", false, false)]
    [InlineData(403, "MessageWritesBlocked", false, false)]
    [InlineData(404, "ConversationNotFound", false, false)]
    [InlineData(413, "MessageSizeTooBig", false, false)]
    [InlineData(0, "", true, false)]
    public async Task At_each_call_of_an_8D(int status, string code, bool isDone, bool mendsItself)
    {
        for (var call = 0; call < 12; call++)
        {
            await using var room = await TeamsRoom.OpenAsync();
            var met = 0;
            var (reached, skipped) = (false, call);
            room.Teams.Meets = kind =>
            {
                if ((kind == "GET teams" && !mendsItself) || skipped-- != 0) return null; // a channel that Teams does not tell of is taken for a private one
                reached = true;
                met++;
                return new(status, code, isDone, status == 429 ? 1 : null);
            };

            var post = (await room.People.Mentions("ana", "start Checkout is down")).Id;
            if (mendsItself) await room.IsAsked("Problem discovered");
            await room.People.Mentions("ana", "answer D0.problem At 14:15", post: post);
            await room.People.Mentions("ana", "answer D4 The index was missing", post: post);
            await room.People.Mentions("ana", "contained", post: post);
            await room.People.Mentions("ana", "status", post: post);
            await room.Publishes("ana", post: post);

            Assert.Contains("**Problem discovered:** At 14:15\n", room.Report(), StringComparison.Ordinal);
            Assert.Contains("The index was missing", room.Report(), StringComparison.Ordinal);
            Assert.InRange(room.Teams.Sees(TeamsRoom.Ops).Count(message => message.To is null && message.Buttons.Any(button => button.Label == "Preview")), mendsItself ? 1 : 0, status == 404 ? 2 : 1); // where Teams says that it is gone, it is posted anew
            if (!reached) break;
            Assert.Equal(1, met);
        }
    }

    [Fact]
    public async Task A_card_of_which_Teams_does_not_say_whether_it_was_posted_is_not_posted_again_by_itself()
    {
        await using var room = await TeamsRoom.OpenAsync();
        room.Teams.Fault("POST activities", TeamsFault.Lost);
        var post = (await room.People.Mentions("ana", "start Checkout is down")).Id;
        await room.IsAsked("Problem discovered");
        await room.People.Mentions("ana", "answer D0.problem At 14:15", post: post);
        await room.People.Mentions("ana", "contained", post: post);
        room.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Single(room.Teams.Sees(TeamsRoom.Ops), message => message.To is null && message.Buttons.Any(button => button.Label == "Preview"));
        await room.IsTold("ana", "did not say whether my last message arrived");
    }

    [Fact]
    public async Task A_card_that_was_posted_and_not_acknowledged_is_edited_once_somebody_presses_on_it()
    {
        await using var room = await TeamsRoom.OpenAsync();
        room.Teams.Fault("POST activities", TeamsFault.Lost);
        await room.People.Mentions("ana", "start Checkout is down");
        await room.IsAsked("Problem discovered");
        var card = await room.CardAsync();
        Assert.Contains("Burning", card.Shown, StringComparison.Ordinal);

        await room.People.Presses("ana", card, "Contained");

        var now = await room.People.WaitsFor(TeamsRoom.Ops, message => message.Id == card.Id && message.Shown.Contains("Contained", StringComparison.Ordinal), "the card says so");
        Assert.Single(room.Teams.Sees(TeamsRoom.Ops), message => message.To is null && message.Buttons.Any(button => button.Label == "Preview"));
        Assert.Equal(card.Id, now.Id);
    }

    [Fact]
    public async Task Where_it_was_not_posted_a_person_has_it_posted()
    {
        await using var room = await TeamsRoom.OpenAsync();
        room.Teams.Fault("POST activities", new(0));
        var post = (await room.People.Mentions("ana", "start Checkout is down")).Id;
        await room.IsTold("ana", "Try again");

        await room.People.Mentions("ana", "status", post: post);
        await room.People.Presses("ana", await room.People.WaitsFor(TeamsRoom.Ops, message => message.To == "29:ana" && message.Buttons.Any(button => button.Label == "Try again"), "status says it"), "Try again");

        await room.CardAsync();
    }

    [Theory]
    [InlineData(403, "MessageWritesBlocked")]
    [InlineData(403, "BotNotInConversationRoster")]
    [InlineData(403, "ConversationBlockedByUser")]
    [InlineData(403, "BotDisabledByAdmin")]
    public async Task Where_the_bot_may_not_write_it_waits_and_goes_on_when_it_may(int status, string code)
    {
        await using var room = await TeamsRoom.OpenAsync();
        var post = await room.Starts();
        room.Teams.Meets = call => call is "POST activities" or "PUT activities" or "POST targeted" ? new(status, code) : null;
        Assert.Equal(200, (await room.People.Mentions("ana", "answer D0.problem At 14:15", post: post)).Answer.Status);
        room.Teams.Meets = call => call is "PUT activities" or "POST targeted" ? new(status, code) : null;
        await room.People.Mentions("ana", "status", post: post);
        await room.People.WaitsFor(TeamsRoom.AnasChat, message => message.Shown.Contains("Checkout is down", StringComparison.Ordinal), "Ana is told in her own chat");

        room.Teams.Meets = null;
        await room.People.Installs("ana", TeamsRoom.Ops);
        room.Clock.Advance(TimeSpan.FromSeconds(3));

        await room.IsAsked("D0: Impact");
        await room.Publishes("ana", post: post);
        Assert.Contains("**Problem discovered:** At 14:15\n", room.Report(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_somebody_deleted_is_posted_anew_once()
    {
        await using var room = await TeamsRoom.OpenAsync();
        var post = await room.Starts();
        room.Teams.Remove((await room.CardAsync()).Id);

        await room.People.Mentions("ana", "contained", post: post);

        Assert.Contains("Contained", (await room.CardAsync()).Shown, StringComparison.Ordinal);
        Assert.Single(room.Teams.Sees(TeamsRoom.Ops), message => message.To is null && message.Buttons.Any(button => button.Label == "Preview"));
    }

    [Fact]
    public async Task What_could_not_be_kept_is_said_and_a_form_keeps_what_was_typed()
    {
        StoppingStore? store = null;
        await using var room = await TeamsRoom.OpenAsync(adjust: builder => builder.Services.AddSingleton<IBlobStore>(provider => store = new(SqliteBlobStore.Open(builder.Configuration["Storage:Path"]!))));
        var post = await room.Starts();
        var question = await room.IsAsked("D0: Problem discovered");
        var form = await room.People.Presses("ana", question, "Answer in a form");
        store!.IsAway = true;

        Assert.Equal(200, (await room.People.Mentions("ana", "answer D4 The index was missing", post: post)).Answer.Status);
        await room.IsTold("ana", "could not be saved");
        var again = await room.People.Submits("ana", question, form, ("Problem discovered", "At 14:15"));
        Assert.Contains(again.Inputs, input => input.Value == "At 14:15");

        store.IsAway = false;
        Assert.Null((await room.People.Submits("ana", question, again)).Task);
        await room.Publishes("ana", post: post);
        Assert.Contains("**Problem discovered:** At 14:15\n", room.Report(), StringComparison.Ordinal);
    }
}
