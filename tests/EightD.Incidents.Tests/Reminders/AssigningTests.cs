using EightD.Incidents.Cards;
using EightD.Incidents.Reminders;
using static EightD.Incidents.Tests.Room;

namespace EightD.Incidents.Tests.Reminders;

/// <summary>Whom a name means, and who is asked.</summary>
public sealed class AssigningTests
{
    [Fact]
    public void Whom_a_name_means_that_nobody_has_is_asked_once_and_remembered_for_the_workspace()
    {
        var room = Started();
        room.Command(Ana, "answer D6 Fix it | The DBA | 2024-12-23 | Open");
        room.Facts = room.Facts with { Owners = new Dictionary<string, Person>(StringComparer.OrdinalIgnoreCase) { ["Ben"] = Ben } };

        room.Submit(Ana, "remind.assign.3-1", new Dictionary<string, string>(StringComparer.Ordinal) { ["owner"] = "@Ben", ["by"] = "" });

        Assert.Contains("| Fix it | Ben | 2024-12-23 | Open |", room.Report.Text, StringComparison.Ordinal);
        Assert.Equal(new KnownAs("The DBA", Ben), Assert.Single(room.Facts.Settings.Known));
    }

    [Fact]
    public void Who_takes_over_from_somebody_who_is_known_is_nobody_s_namesake()
    {
        var room = Started();
        room.Command(Ana, "answer D6 Fix it | Cem | 2024-12-23 | Open");
        room.Facts = room.Facts with { Owners = new Dictionary<string, Person>(StringComparer.OrdinalIgnoreCase) { ["Ben"] = Ben, ["Cem"] = Cem } };

        room.Submit(Ana, "remind.assign.3-1", new Dictionary<string, string>(StringComparer.Ordinal) { ["owner"] = "Ben", ["by"] = "" });

        Assert.Empty(room.Facts.Settings.Known);
    }

    [Fact]
    public void What_two_people_decide_for_a_workspace_at_once_is_kept_both()
    {
        WorkspaceSettings before = new() { Away = [new("u1", new(2024, 12, 24)), new("u2", new(2024, 12, 24))] };
        var others = before with { TimeZone = "Europe/Berlin", Away = before.Away.Add(new("u3", new(2024, 12, 31))) };
        var own = before with { Reminders = new ReminderChoices { Lead = 2 }, Away = [new("u2", new(2024, 12, 24)), new("u1", new(2024, 12, 27))] };

        var both = others.With(before, own);

        Assert.Equal(("Europe/Berlin", 2), (both.TimeZone, both.Reminders!.Lead));
        Assert.Equal([new("u1", new(2024, 12, 27)), new("u2", new(2024, 12, 24)), new("u3", new(2024, 12, 31))], both.Away.OrderBy(each => each.Person, StringComparer.Ordinal));
    }

    [Fact]
    public void Nobody_else_opens_a_form_of_an_8D_by_a_value_that_somebody_made_up()
    {
        var room = Started();
        room.Command(Ana, "answer D4 A secret cause");

        foreach (var value in (string[])["remind.fill.3-D4", "remind.ask.3-8d", "remind.effect.3-8d", "remind.assign.3-8d", "remind.temp.3-8d"])
        {
            Assert.Null(room.Press(Dora, new Button("form", value, "x")).Form);
            Assert.Contains("Only the owner", room.LastTold, StringComparison.Ordinal);
        }

        Assert.NotNull(room.Press(Ana, new Button("form", "remind.fill.3-D4", "x")).Form);
    }
}
