using System.Collections.Immutable;
using System.Text.RegularExpressions;
using EightD.Reports;
using EightD.Reports.Actions;

namespace EightD.Incidents.Actions;

/// <summary>
/// Takes a person out of an 8D for good: off the team, and the name out of the draft, the log and who is who. Wherever it stood <em>former member</em> stands. What Git and
/// the channel keep is theirs.
/// </summary>
public static class Erasing
{
    /// <summary>Who stands where somebody was erased.</summary>
    private static readonly Person Nobody = new("erased", Texts.Get("Erased"));

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    internal static Decision Erase(Scene scene, string name)
    {
        var names = NamesOf(scene.Incident, name);
        if (names.Count == 0) return scene.Refuse(Texts.Get("TeamLacks", name, string.Join(", ", TeamTable.Of(scene.Report).Select(member => member.Name).DefaultIfEmpty("–"))));
        var report = names.Aggregate(scene.Report, TeamTable.WithoutMember);
        report = Report.Read(Without(names, report.Text), scene.Template);
        var done = scene.Done(scene.Incident with { Report = report }, [scene.Tell(Texts.Get("ErasedDone"))], "erase");
        return done with { Incident = Without(names, done.Incident!) };
    }

    /// <summary>The names by which an 8D knows somebody: as given, where it stands in the report or the log's people, and that person's own name and id. None where it knows nobody of that name.</summary>
    /// <param name="incident">The 8D.</param>
    /// <param name="name">A name or an id, upper or lower case.</param>
    public static IReadOnlyList<string> NamesOf(Incident incident, string name)
    {
        var wanted = name.Trim().TrimStart('@');
        if (wanted.Length < 2) return [];
        List<string> names = [.. incident.People.Append(incident.Starter).Where(person => person.IsCalled(wanted)).SelectMany(person => new[] { person.Name, person.Id })];
        names.AddRange(TeamTable.Of(incident.Report).Select(member => member.Name).Concat(ActionTable.Of(incident.Report).Rows.Select(row => row.Owner)).Where(each => each.Equals(wanted, StringComparison.OrdinalIgnoreCase)));
        return [.. names.Where(each => each.Length > 1).Distinct(StringComparer.Ordinal).OrderByDescending(each => each.Length)];
    }

    /// <summary>Log entries without those names.</summary>
    public static ImmutableArray<LogEntry> Without(IReadOnlyList<string> names, ImmutableArray<LogEntry> entries) => [.. entries.Select(entry => entry with
    {
        By = Without(names, entry.By),
        What = Without(names, entry.What),
        Before = entry.Before is { } before ? Without(names, before) : null,
        Answered = entry.Answered is { } answered ? Without(names, answered) : null,
        Refused = entry.Refused?.ToImmutableDictionary(error => error.Key, error => Without(names, error.Value), StringComparer.Ordinal),
        Changes = [.. entry.Changes.Select(change => change with
        {
            Said = [.. change.Said.Select(said => said with { Text = Without(names, said.Text) })],
            Before = change.Before is { } held ? Without(names, held) : null,
        })],
    })];

    private static Incident Without(IReadOnlyList<string> names, Incident incident) => incident with
    {
        Starter = Without(names, incident.Starter),
        People = incident.People.RemoveAll(person => Without(names, person) != person),
        AcceptedBy = incident.AcceptedBy is { } by ? Without(names, by) : null,
        ClosedAnyway = incident.ClosedAnyway is { } why ? Without(names, why) : null,
        Interview = incident.Interview with
        {
            Holder = Without(names, incident.Interview.Holder),
            Offers = incident.Interview.Offers.RemoveAll(offer => Without(names, offer.By) != offer.By),
            Offered = incident.Interview.Offered.RemoveAll(names.Contains),
            Returned = [.. incident.Interview.Returned.Select(each => each with { By = Without(names, each.By), Reason = Without(names, each.Reason) })],
        },
        Assigned = incident.Assigned.RemoveAll(each => Without(names, each.To) != each.To),
        Reminded = incident.Reminded.RemoveAll(each => names.Contains(each.To, StringComparer.Ordinal)),
        Snoozes = [.. incident.Snoozes.Select(each => each with { DueText = Without(names, each.DueText) })],
        Clashes = [.. incident.Clashes.Select(clash => clash with { What = clash.What with { Chat = Without(names, clash.What.Chat), Git = Without(names, clash.What.Git), Row = Without(names, clash.What.Row) } })],
        Log = incident.Log with
        {
            Entries = Without(names, incident.Log.Entries),
            Bases = [.. incident.Log.Bases.Select(part => part with { Text = Without(names, part.Text) })],
        },
    };

    private static Person Without(IReadOnlyList<string> names, Person person) => names.Contains(person.Id, StringComparer.Ordinal) || names.Contains(person.Name, StringComparer.Ordinal) ? Nobody : person;

    /// <summary>A text without those names where they stand as words of their own.</summary>
    private static string Without(IReadOnlyList<string> names, string text) => names.Aggregate(text, (left, name) => !left.Contains(name, StringComparison.Ordinal) ? left
        : Regex.Replace(left, $@"@?(?<![\p{{L}}\p{{N}}_]){Regex.Escape(name)}(?![\p{{L}}\p{{N}}_])", Nobody.Name.Replace("$", "$$", StringComparison.Ordinal), RegexOptions.None, Patience));
}
