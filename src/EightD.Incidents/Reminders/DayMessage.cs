using EightD.Incidents.Cards;

namespace EightD.Incidents.Reminders;

/// <summary>The one message that somebody gets on a day: all that waits for them, over all 8Ds of the workspace.</summary>
public static class DayMessage
{
    /// <summary>How many duties its buttons name, and how many buttons are for one 8D or discipline; what is beyond is listed.</summary>
    private const int MostChoices = 20, MostButtons = 8;

    /// <summary>The message.</summary>
    /// <param name="lines">What waits, each with why it stands there.</param>
    /// <param name="day">The day.</param>
    /// <param name="asOf">As of when it is known what was done in Git; null: as of now.</param>
    /// <param name="zone">The person's time zone.</param>
    public static Message Draw(IReadOnlyList<DayLine> lines, DateOnly day, DateTimeOffset? asOf, string zone)
    {
        List<DayLine> sorted = [.. lines.OrderBy(line => line.Duty.Due).ThenBy(line => line.Duty.Report).ThenBy(line => line.Duty.Key, StringComparer.Ordinal)];
        var groups = sorted.GroupBy(GroupOf).OrderBy(group => group.Key).Select(group => (Title: TitleOf(group.Key, group.Count()), Lines: group.ToList())).ToList();
        var last = asOf is { } then ? $"\n\n{Texts.Get("ReminderAsOf", Zoned.Write(then, zone))}" : "";
        string Say(Func<DayLine, string> say) => string.Join("\n\n", groups.Select((group, index) => $"{(index == 0 ? "" : $"**{group.Title}**\n\n")}{string.Join('\n', group.Lines.Select(say))}")) + last;
        return new($"**{groups[0].Title}**\n\n{Say(line => line.IsPrivate ? PrivateLine(line) : Line(line, day))}", new(groups[0].Title, [], Say(line => Line(line, day)), Buttons(sorted)));
    }

    private static Group GroupOf(DayLine line) => (line.As, line.Duty.Kind) switch
    {
        (Told.Champion, _) => Group.Champion,
        (Told.Lead, _) => Group.Others,
        (_, DutyKind.Action) => Group.Own,
        (_, DutyKind.Discipline) => Group.Asked,
        (_, DutyKind.Effect) => Group.Effect,
        (_, DutyKind.Measure) => Group.Measures,
        (_, DutyKind.Unreadable) => Group.Unreadable,
        _ => Group.Unfinished,
    };

    private static string TitleOf(Group group, int count) => group == Group.Own ? Texts.Get(count == 1 ? "ReminderOne" : "ReminderTitle", count) : Texts.Get($"ReminderPart{group}");

    private static string Line(DayLine line, DateOnly day)
    {
        var duty = line.Duty;
        var said = duty.Kind switch
        {
            DutyKind.Effect => Texts.Get("ReminderEffectLine", line.Title),
            DutyKind.Measure => Texts.Get("ReminderMeasureLine", duty.Name, duty.What),
            DutyKind.Late => Texts.Get("ReminderLateLine", line.Title, duty.What, duty.DueText),
            DutyKind.Open => Texts.Get("ReminderOpenLine", line.Title, duty.What),
            DutyKind.Stale => duty.What.Length > 0 ? Texts.Get("ReminderStaleLine", line.Title, Zoned.Write(duty.Due), duty.What) : Texts.Get("ReminderStaleDone", line.Title),
            DutyKind.Unreadable => $"**{line.Title}** {duty.What}",
            _ => Texts.Get(RowReminder.ReasonOn(duty.Due, day) switch { ReminderReason.Before => "ReminderBefore", ReminderReason.Due => "ReminderDue", _ => "ReminderOverdue" }, duty.Name, duty.What, Zoned.Write(duty.Due)),
        };
        return $"- {said}{Owner(line)}";
    }

    private static string PrivateLine(DayLine line) => $"- {line.Duty.Name}: {line.Title}";

    private static string Owner(DayLine line) => line.As == Told.Owner ? "" : line.State switch
    {
        OwnerState.Unknown when line.Duty.Owner.Length == 0 => $"; {Texts.Get("ReminderNoOwner")}",
        OwnerState.Unknown => $"; {Texts.Get("ReminderUnknown", line.OwnerName)}",
        OwnerState.Away => $"; {Texts.Get("ReminderAway", line.OwnerName)}",
        OwnerState.Unreachable => $"; {Texts.Get("ReminderUnreachable", line.OwnerName, line.Why ?? "")}",
        _ => $"; {Texts.Get("ReminderLate", line.OwnerName)}",
    };

    private static List<Button> Buttons(List<DayLine> lines)
    {
        List<Button> buttons = [.. lines.SelectMany(line => OwnButtons(line, isOnly: lines.TrueForAll(each => each.Duty.Report == line.Duty.Report))).DistinctBy(button => button.Value, StringComparer.Ordinal).Take(MostButtons)];
        List<Duty> owned = [.. lines.Select(line => line.Duty).Where(duty => duty.HasOwner).Take(MostChoices)];
        List<Duty> quiet = [.. lines.Select(line => line.Duty).Where(duty => duty.MayRest).Take(MostChoices)];
        if (owned.Count > 0) buttons.Add(new("form", ReminderForm.ValueOf(ReminderForm.Done, owned), Texts.Get("ButtonDone")));
        if (quiet.Count > 0) buttons.Add(new("form", ReminderForm.ValueOf(ReminderForm.Snooze, quiet), Texts.Get("ButtonSnooze")));
        if (owned.Count > 0) buttons.Add(new("form", ReminderForm.ValueOf(ReminderForm.Date, owned), Texts.Get("ButtonNewDate")));
        if (owned.Count > 0) buttons.Add(new("form", ReminderForm.ValueOf(ReminderForm.NotMine, owned), Texts.Get("ButtonNotMine")));
        return buttons;
    }

    /// <summary>What can be done about one duty here. Where the message is about several 8Ds each button says which it means.</summary>
    private static IEnumerable<Button> OwnButtons(DayLine line, bool isOnly)
    {
        var (duty, report) = (line.Duty, line.Duty.Report);
        Button Of(string what, string key, string label) => new("form", ReminderForm.ValueOf(what, report, key), isOnly ? label : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{label} ({report})"));
        return (line.As, duty.Kind) switch
        {
            (Told.Owner, DutyKind.Discipline) => [Of(ReminderForm.Fill, duty.Key, Texts.Get("ButtonFill", duty.Key))],
            (Told.Owner, DutyKind.Effect) => [Of(ReminderForm.Effect, "8d", Texts.Get("ButtonEffect"))],
            (Told.Owner, DutyKind.Measure) => [Of(ReminderForm.Measure, "8d", Texts.Get("ButtonMeasure"))],
            (Told.Owner, DutyKind.Late or DutyKind.Open or DutyKind.Stale) when duty.Section is { } section => Unfinished(section),
            (not Told.Owner, DutyKind.Action or DutyKind.Discipline) when line.State != OwnerState.There => [Of(ReminderForm.Assign, duty.Key, Texts.Get("ButtonAssign"))],
            _ => [],
        };

        IEnumerable<Button> Unfinished(string section) =>
        [
            Of(ReminderForm.Assign, "8d", Texts.Get("ButtonAssign")),
            Of(ReminderForm.Fill, section, Texts.Get("ButtonFill", section)),
            Of(ReminderForm.Ask, "8d", Texts.Get("ButtonAskHere")),
        ];
    }

    /// <summary>The parts of the message, in their order; each but the first has a heading of the name.</summary>
    private enum Group
    {
        Own,
        Asked,
        Effect,
        Unfinished,
        Measures,
        Unreadable,
        Others,
        Champion,
    }
}

/// <summary>A line of the message of a day.</summary>
/// <param name="Duty">What waits.</param>
/// <param name="As">As whom the person is told of it.</param>
/// <param name="State">How it stands with its owner.</param>
/// <param name="OwnerName">The owner's name; empty: nobody's.</param>
/// <param name="Title">The 8D's name and title.</param>
/// <param name="IsPrivate">Whether a notification says no more than the 8D's number.</param>
/// <param name="Why">Why the owner could not be reached; null where that is not so.</param>
public sealed record DayLine(Duty Duty, Told As, OwnerState State, string OwnerName, string Title, bool IsPrivate = false, string? Why = null)
{
    /// <summary>Whether the lead is told in the place of an owner who could not be reached.</summary>
    public bool IsUnreached => As == Told.Lead && State == OwnerState.Unreachable;
}
