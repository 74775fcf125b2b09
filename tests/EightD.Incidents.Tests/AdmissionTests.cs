using EightD.Incidents.Commands;
using EightD.Incidents.ReadingBack;
using EightD.Reports;
using EightD.Reports.Folder;
using static EightD.Incidents.Tests.Room;

namespace EightD.Incidents.Tests;

/// <summary>Every command, in every phase, by everybody.</summary>
public sealed class AdmissionTests
{
    private static readonly string[] Phases = ["none", "burning", "contained", "resolved", "review", "closed", "cancelled"];

    /// <summary>
    /// In the phases' order: D done, P a private answer, F a form, N nothing, E a form that comes back, T refused with a sentence of its own, O refused: none is
    /// open, C refused: closed, X refused: cancelled, A refused: open already.
    /// </summary>
    private static readonly (Deed Deed, string Expected)[] Table =
    [
        (Typed("start Mail is down"), "DTTTTDD"),
        (Typed("status"), "OPPPPPP"),
        (Typed("status --log"), "OPPPPPP"),
        (Typed("next"), "ODDDDCX"),
        (Typed("answer D3 restarted"), "ODDDDCX"),
        (Typed("answer D9 restarted"), "OTTTTCX"),
        (Typed("edit D2"), "OPPPPCX"),
        (Typed("skip"), "ODDDDCX"),
        (new Deed.DoesNotApply(null), "ODDDDCX"),
        (Typed("back"), "OPPPPCX"),
        (Typed("stop"), "ODDDDCX"),
        (new Deed.Undo(1), "OTTTTCX"),
        (Typed("team add @Eve Tester"), "ODDDDCX"),
        (Typed("team remove @Ben"), "ODDDDCX"),
        (Typed("team remove @Ana --erase"), "ODDDDDD"),
        (Typed("note rolled back"), "ODDDDCX"),
        (Typed("contained"), "ODPDDCX"),
        (Typed("resolved"), "ODDPDCX"),
        (Typed("resolved no"), "OPPDPCX"),
        (Typed("set severity SEV2"), "ODDDDCX"),
        (Typed("action add Train the team @Ben by 2024-12-30"), "ODDDDDX"),
        (Typed("action done 1"), "ODDDDDX"),
        (Typed("action due 1 2024-12-30"), "ODDDDDX"),
        (Typed("action assign 1 @Dora"), "ODDDDDX"),
        (Typed("action drop 1 too costly"), "ODDDDDX"),
        (Typed("action reopen 1"), "ODDDDDX"),
        (Typed("action done 9"), "OTTTTTX"),
        (Typed("actions"), "OPPPPPP"),
        (Typed("actions mine"), "PPPPPPP"),
        (Typed("remind"), "OPPPPPP"),
        (Typed("remind snooze 1 3d"), "ODDDDDX"),
        (Typed("remind off 1"), "ODDDDDX"),
        (Typed("remind now"), "OPPPPPX"),
        (Typed("remind away until 2999-01-01"), "PPPPPPP"),
        (new Deed.Digest(new(2024, 12, 31), []), "NDDDDDN"),
        (Typed("assign D4 @Ben by 2024-12-30"), "ODDDDDX"),
        (Typed("assign D4 @Nobody"), "OTTTTTX"),
        (Typed("return D1 who decides?"), "ODDDDDX"),
        (Typed("return D4 why?"), "OTTTTTX"),
        (Typed("temp 1 removed"), "OTTTTTX"),
        (Typed("effect none in 30 days"), "ODDDDDX"),
        (Typed("effect failed it is back"), "ODDDDDX"),
        (new Deed.Reminded(Ben, new(2024, 12, 20), ["1"], Failed: null), "NDDDDDD"),
        (Typed("check"), "OPPPPPP"),
        (Typed("preview"), "OPPPPPP"),
        (Typed("publish"), "ODDDDDX"),
        (Typed("reopen it is back"), "OAAADDD"),
        (Typed("cancel false alarm"), "ODDDDCX"),
        (Typed("link 1 Supersedes"), "ODDDDDX"),
        (Typed("list"), "PPPPPPP"),
        (Typed("show 1"), "PPPPPPP"),
        (Typed("search pool"), "PPPPPPP"),
        (Typed("templates"), "PPPPPPP"),
        (Typed("settings"), "PPPPPPP"),
        (Typed("help"), "PPPPPPP"),
        (Typed("statsu"), "PPPPPPP"),
        (Typed("answer"), "PPPPPPP"),
        (new Deed.Reply("the pool is exhausted"), "NDDDDNN"),
        (new Deed.CommandOrReply("note rolled back", new Deed.Note("rolled back")), "ODDDDCX"),
        (new Deed.Reworded("m0", "never said"), "NNNNNNN"),
        (new Deed.Capture(Ben, new(2024, 12, 20, 14, 15, 0, TimeSpan.Zero), "the pool is exhausted", "https://chat.example/1"), "NDDDDNN"),
        (new Deed.Capture(Ben, new(2024, 12, 20, 14, 15, 0, TimeSpan.Zero), "the pool is exhausted", Link: null, "D9"), "NTTTTNN"),
        (new Deed.Press("form", "capture"), "OFFFFCX"),
        (new Deed.Press("unheard", "of"), "OPPPPCX"),
        (new Deed.Press("form", "edit.D2"), "OFFFFCX"),
        (new Deed.Submit("answer.D2.0.add", new Dictionary<string, string>(StringComparer.Ordinal) { ["answer"] = "down" }), "EDDDDEE"),
        (new Deed.Tick(), "NNNNNNN"),
        (new Deed.Moved(), "NDDDDDD"),
        (new Deed.Published(new PublishOutcome.Waiting("no network.")), "NDDDDDD"),
        (new Deed.EditedInGit(new GitEdit("c0ffee", ["Maria"], "docs/8d/0001-a.md", "0001-a.md", "# 0001: A", "# 0001: B")), "NNNNNNN"), // none of these was published
        (new Deed.Linked(new Link("Superseded by", 4, "Later", "0004-later.md")), "NDDDDDD"),
    ];

    [Fact]
    public void Every_command_is_admitted_or_refused_as_the_table_says()
    {
        List<string> wrong = [];
        foreach (var (deed, expected) in Table)
        {
            for (var phase = 0; phase < Phases.Length; phase++)
            {
                foreach (var by in (Person[])[Ana, Ben, Cem, Dora])
                {
                    var outcome = Outcome(In(Phases[phase]), by, deed);
                    if (outcome != expected[phase]) wrong.Add($"{deed}, {Phases[phase]}, {by.Name}: {outcome}, not {expected[phase]}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_deed_stands_in_a_table() => Assert.Empty(typeof(Deed).GetNestedTypes().Where(type => type.IsAssignableTo(typeof(Deed)))
        .Except(Table.Select(row => row.Deed.GetType())).Except([typeof(Deed.Close)]).Select(type => type.Name));

    [Theory]
    [InlineData("anyone", "resolved", "close --anyway why", "DDDD")]
    [InlineData("anyone", "resolved", "cancel false alarm", "DDDD")]
    [InlineData("anyone", "closed", "reopen it is back", "DDDD")]
    [InlineData("anyone", "burning", "close --anyway no time", "DDDD")]
    [InlineData("anyone", "closed", "close --anyway why", "CCCC")]
    [InlineData("anyone", "cancelled", "close --anyway why", "XXXX")]
    [InlineData("anyone", "none", "close --anyway why", "OOOO")]
    [InlineData("lead", "resolved", "close --anyway why", "DDTT")]
    [InlineData("lead", "resolved", "cancel false alarm", "DDTT")]
    [InlineData("lead", "closed", "reopen it is back", "DDTT")]
    [InlineData("lead", "cancelled", "reopen it is back", "DDTT")]
    [InlineData("lead", "resolved", "answer D3 restarted", "DDDD")]
    [InlineData("champion", "resolved", "close --anyway why", "DDDD")]
    [InlineData("champion", "review", "close --anyway why", "TTDT")]
    public void Who_may_end_it_is_what_the_settings_say(string close, string phase, string line, string expected)
    {
        Person[] people = [Ana, Ben, Cem, Dora];
        Assert.Equal(expected, string.Concat(people.Select(by =>
        {
            var room = In(phase);
            room.Command(Ana, $"settings close {close}");
            return Outcome(room, by, Typed(line));
        })));
    }

    [Fact]
    public void The_champion_alone_accepts_what_others_close()
    {
        var room = In("review");
        room.Press(Dora, room.Button("Accept"));
        Assert.Equal(Phase.InReview, room.Incident.Phase);

        room.Press(Cem, room.Button("Accept"));
        Assert.Equal((Phase.Closed, "Cem", "Completed"), (room.Incident.Phase, room.Incident.AcceptedBy, room.Report.Status));
    }

    private static Deed Typed(string line) => CommandLine.Read(line);

    private static Room In(string phase)
    {
        var room = new Room();
        room.Facts = room.Facts with { Owners = new Dictionary<string, Person>(StringComparer.OrdinalIgnoreCase) { ["Ben"] = Ben }, Named = new(new ReportEntry(1, "Earlier", "0001-earlier.md"), "", null) };
        if (phase == "none") return room;
        foreach (var line in (string[])["start Checkout is down", "team add @Ben Lead", "team add @Cem Champion", "action add Create the index @Ben by 2024-12-21"])
        {
            room.Command(Ana, line);
        }

        if (phase is "contained" or "resolved") room.Command(Ana, phase);
        if (phase == "review") room.Command(Ana, "settings close champion");
        if (phase is "closed" or "review") room.Command(Ana, "close --anyway The rest follows");
        if (phase == "cancelled") room.Command(Ana, "cancel false alarm");
        return room;
    }

    private static char Outcome(Room room, Person by, Deed deed)
    {
        var (before, told) = (room.Found, room.Told.Count);
        var decision = deed is Deed.Reply reply ? room.Reply(by, reply.Text) : room.Take(by, deed);
        var said = string.Concat(room.Told.Skip(told).Select(each => each.Message.Text));
        Assert.All(room.Told.Skip(told), each => Assert.Equal(by, each.To));
        return decision switch
        {
            { Form: not null } => 'F',
            { Errors: not null } => 'E',
            _ when said.Contains("No 8D is open here", StringComparison.Ordinal) => 'O',
            _ when said.Contains("is closed, so", StringComparison.Ordinal) => 'C',
            _ when said.Contains("was cancelled. It", StringComparison.Ordinal) => 'X',
            _ when said.Contains("is open already", StringComparison.Ordinal) => 'A',
            _ when ReferenceEquals(decision.Incident, before) => decision.Effects.Count == 0 ? 'N' : 'P',
            { Incident.Log.Entries: [.., { Answered: not null }] } => 'T',
            _ => 'D',
        };
    }
}
