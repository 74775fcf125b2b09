using EightD.Incidents.Cards;

namespace EightD.Incidents.Reminders;

/// <summary>
/// What of an 8D is overdue for so long that its conversation is told: one message, edited in place; each further day a reply under it mentions the lead (design, "The card, and
/// the message budget").
/// </summary>
public static class Digest
{
    /// <summary>The first day from one on, itself included, on which there is a digest; null: there is none to come.</summary>
    public static DateOnly? Next(IEnumerable<Duty> duties, DateOnly from, ReminderRules rules) =>
        duties.Where(IsCounted).Min(duty => duty.IsOff ? null : rules.Calendar.First(Later(from, Later(duty.Due, duty.Snoozed ?? duty.Due)), day => IsOn(duty, day, rules)));

    /// <summary>The message as it stands now.</summary>
    /// <param name="incident">The 8D.</param>
    /// <param name="today">The workspace's day.</param>
    /// <param name="rules">The workspace's rules.</param>
    /// <param name="zone">The workspace's time zone.</param>
    public static Message Draw(Incident incident, DateOnly today, ReminderRules rules, string zone)
    {
        var (overdue, unreadable) = Of(incident, today, rules, zone);
        var title = Texts.Get("DigestTitle", incident.ShownName);
        List<string> lines = incident.IsAmongOthers ? overdue.Count == 0 ? [] : [Texts.Get("DigestCount", overdue.Count)]
            : [.. overdue.Select(duty => $"- {Line(duty)}"), .. unreadable.Select(duty => $"- {duty.What}")];
        var body = lines.Count == 0 ? Texts.Get("DigestEmpty") : string.Join('\n', lines);
        return new($"**{title}**\n\n{body}", new(title, [], body, [new("status", "", Texts.Get("ButtonStatus"))]));
    }

    /// <summary>The day has come: the message is posted, or edited and followed by a reply. What nobody else can be told of is told here at once.</summary>
    internal static Decision Post(Scene scene, DateOnly day, IReadOnlyList<string> stranded)
    {
        var isNew = stranded.Any(key => !scene.Incident.Stranded.Contains(key));
        var incident = scene.Incident with { Stranded = [.. stranded] };
        var (overdue, _) = Of(incident, day, scene.Facts.Rules, scene.Facts.Settings.TimeZone);
        if (overdue.Count == 0 || (scene.Incident.DigestOn >= day && !isNew)) return scene.Nothing();
        List<Effect> effects = [new Effect.Redraw(MessageKey.Digest)];
        if (scene.Incident.DigestOn is { } last && last < day)
        {
            var lead = Duties.LeadOf(scene.Incident);
            var who = scene.Incident.People.Find(person => person.IsCalled(lead)) ?? new Person(lead, lead);
            effects.Add(new Effect.Post($"digest{day.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture)}", InThread: true, new Message(Texts.Get(overdue.Count == 1 ? "DigestAgainOne" : "DigestAgain", overdue.Count)) { Mentions = who }) { Under = MessageKey.Digest });
        }

        return scene.Unlogged(incident with { DigestOn = day }, [.. effects, new Effect.Redraw(MessageKey.Card)]);
    }

    private static (IReadOnlyList<Duty> Overdue, IReadOnlyList<Duty> Unreadable) Of(Incident incident, DateOnly day, ReminderRules rules, string zone)
    {
        var duties = Duties.Of(incident, rules, zone);
        return ([.. duties.Where(duty => IsCounted(duty) && (IsOverdue(duty, day, rules) || incident.Stranded.Contains(duty.Key))).OrderBy(duty => duty.Due)], [.. duties.Where(duty => duty.Kind == DutyKind.Unreadable)]);
    }

    private static bool IsCounted(Duty duty) => duty.Kind is DutyKind.Action or DutyKind.Discipline or DutyKind.Effect;

    private static bool IsOn(Duty duty, DateOnly day, ReminderRules rules) => rules.Calendar.IsWorking(day) && IsOverdue(duty, day, rules);

    private static bool IsOverdue(Duty duty, DateOnly day, ReminderRules rules) => day > duty.Due && !(duty.Snoozed > day) && rules.Calendar.Between(duty.Due, day) >= rules.Channel;

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    private static string Line(Duty duty) => duty.Kind switch
    {
        DutyKind.Action => Texts.Get("DigestAction", duty.Name, duty.What, duty.Owner.Length > 0 ? duty.Owner : Texts.Get("NoOwner"), Zoned.Write(duty.Due)),
        DutyKind.Discipline => Texts.Get("DigestDiscipline", duty.What, Zoned.Write(duty.Due)),
        _ => Texts.Get("DigestEffect", Zoned.Write(duty.Due)),
    };
}
