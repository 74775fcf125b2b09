using System.Globalization;
using EightD.Bot.Channels;
using EightD.Bot.Publishing;
using EightD.Bot.Reminders;
using EightD.Bot.Settings;
using EightD.Bot.Storage;
using EightD.Incidents;
using EightD.Incidents.Cards;
using EightD.Incidents.Learning;
using EightD.Incidents.Reminders;
using EightD.Reports.Actions;
using EightD.Reports.Folder;
using EightD.Reports.Learning;
using EightD.Reports.Templates;

namespace EightD.Bot.Turns;

/// <summary>Gathers what a turn needs from outside its incident. Most turns need the settings alone, which are at hand.</summary>
internal sealed class FactGathering(IncidentStore incidents, ReportRepositories repositories, ReminderNotes reminders, OperatorRules usual, IEnumerable<IChannel> channels, BotSettings settings, TimeProvider clock, ILogger<FactGathering> log)
{
    private const int MostListed = 50, MostFound = 10;

    /// <summary>How long somebody's command waits for the channel to say who is who: Slack gives it three seconds in all.</summary>
    private static readonly TimeSpan PersonPatience = TimeSpan.FromSeconds(1);

    /// <summary>The facts for a turn.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="incident">The 8D that it is decided on; null where there is none.</param>
    /// <param name="cancel">Ends the gathering.</param>
    public async ValueTask<Facts> ForAsync(Turn turn, Incident? incident, CancellationToken cancel)
    {
        var workspace = await incidents.SettingsAsync(turn.At.Tenant, cancel);
        var facts = new Facts { Pause = settings.Pause, Settings = workspace, HasPrivateRepository = repositories.Private is not null, Usual = usual.Rules, Rules = usual.Rules.For(workspace) };
        return turn.Deed is Deed.CommandOrReply either ? await ForAsync(turn with { Deed = either.Command }, incident, cancel) : turn.Deed switch
        {
            Deed.Start start => facts with { Templates = await TemplatesAsync(turn, cancel), Named = (start.Supersedes ?? start.From) is { } number ? await NamedAsync(turn, number, cancel) : null },
            Deed.Templates or Deed.Settings => facts with { Templates = await TemplatesAsync(turn, cancel) },
            Deed.Press { Action: "form", Value: Form.Start } => facts with { Templates = await TemplatesAsync(turn, cancel) },
            Deed.Submit { Form: Form.Start } => facts with { Templates = await TemplatesAsync(turn, cancel) },
            Deed.Press { Action: "form", Value: var value } press when value.StartsWith(ReminderForm.Prefix, StringComparison.Ordinal) && ReminderForm.ReportOf(press) is null => facts with { Reminded = await RemindedAsync(turn, facts, ReminderForm.NamedBy(value), cancel) },
            Deed.Remind when incident is not null => await WithPeopleAsync(facts, incident, isNow: false, cancel),
            Deed.RemindNow when incident is not null => await WithPeopleAsync(facts, incident, isNow: true, cancel),
            Deed.Assign assign when incident is not null => await WithPersonAsync(facts, incident, assign.Who, cancel),
            Deed.RemindAway { Who: { } who } when incident is not null => await WithPersonAsync(facts, incident, who, cancel),
            Deed.Return or Deed.Measured { Failed: true } when incident is not null => await WithPersonAsync(facts, incident, Duties.LeadOf(incident), cancel),
            Deed.Submit submit when incident is not null && ReminderForm.ReportOf(submit) is not null => await WithPersonAsync(await WithPersonAsync(facts, incident, ReminderForm.OwnerOf(submit, incident), cancel), incident, submit.Values.GetValueOrDefault("owner") ?? "", cancel),
            Deed.LinkTo link => facts with { Named = await NamedAsync(turn, link.Number, cancel) },
            Deed.Press { Action: "link", Value: var value } when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => facts with { Named = await NamedAsync(turn, number, cancel) },
            Deed.Show show => facts with { Named = await NamedAsync(turn, show.Number, cancel) },
            Deed.List list => facts with { Listed = list.All ? await AllAsync(turn, cancel) : await OpenAsync(turn, cancel) },
            Deed.Search search => facts with { Found = await FoundAsync(turn, search.Words, cancel) },
            Deed.Actions { Wanted: ActionsWanted.Mine } => facts with { Mine = await MineAsync(turn, facts.Settings, cancel) },
            Deed.Undo { Entry: { } entry } => facts with { OlderEntry = await OlderAsync(incident, entry, cancel) },
            Deed.Press { Action: "undo", Value: var value } when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var entry) => facts with { OlderEntry = await OlderAsync(incident, entry, cancel) },
            _ => facts,
        };
    }

    /// <summary>The earlier reports that look like an 8D, as far as whoever is offered them may see them.</summary>
    public async ValueTask<IReadOnlyList<AlikeReport>> EarlierAsync(Incident incident, Effect.OfferEarlier offer, CancellationToken cancel)
    {
        var reports = await AskAsync(repositories.Of(incident.Home.Tenant).ReadAllAsync(cancel), []);
        List<AlikeReport> seen = [];
        foreach (var alike in AlikeReports.To(EarlierReports.Sought(incident, offer), [.. reports.Where(report => EarlierReports.IsOther(incident, report.Entry.Number))], MostFound))
        {
            if (seen.Count == EarlierReports.Most) break;
            if (await MaySeeAsync(offer.At, offer.To, alike.Report.Entry.Number, cancel)) seen.Add(alike);
        }

        return seen;
    }

    private async ValueTask<IReadOnlyList<Template>> TemplatesAsync(Turn turn, CancellationToken cancel)
    {
        var own = await AskAsync(repositories.Of(turn.At.Tenant).TemplatesAsync(cancel), []);
        return own.Count == 0 ? Template.BuiltIn : [.. Template.BuiltIn.Where(template => own.All(each => each.Name != template.Name)), .. own];
    }

    /// <summary>A report by its number: an 8D of this tenant that this person may see, else a file of the repository that is no other 8D's.</summary>
    private async ValueTask<KnownReport?> NamedAsync(Turn turn, int number, CancellationToken cancel)
    {
        if (await incidents.ByNumberAsync(turn.At.Tenant, number, cancel) is { Incident: var incident })
        {
            return await MaySeeAsync(turn, incident, cancel)
                ? new(new(number, incident.Report.Title, incident.Published?.FileName is { Length: > 0 } file ? file : FileName.Of(number, incident.Report.Title)), incident.Report.Text, incident.Id, incident is { IsOpen: true, IsHomeless: false }, incident.IsPrivate, incident.Published, incident.Home.Conversation)
                {
                    Homeless = incident.IsHomeless ? incident : null,
                }
                : null;
        }

        return await AskAsync(repositories.Of(turn.At.Tenant).FindAsync(number, cancel), null) is { } found ? new(found.Entry, found.Text, Incident: null, Published: found.Published) : null;
    }

    /// <summary>What the repository says; where it cannot be asked, or takes its time, nobody is held up by it.</summary>
    private async ValueTask<T> AskAsync<T>(Task<T> asked, T otherwise)
    {
        try
        {
            return await asked.WaitAsync(ReportRepositories.TurnPatience);
        }
        catch (Exception cause) when (cause is RepositoryUnavailableException or TimeoutException)
        {
            log.RepositoryFailed(cause);
            return otherwise;
        }
    }

    private async ValueTask<IReadOnlyList<ListedReport>> OpenAsync(Turn turn, CancellationToken cancel)
    {
        List<ListedReport> open = [];
        await foreach (var incident in incidents.NotedAsync(turn.At.Tenant, Keys.Opened(turn.At.Tenant), cancel))
        {
            if (incident.IsOpen && await MaySeeAsync(turn, incident, cancel)) open.Add(Line(incident));
            if (open.Count == MostListed) break;
        }

        return open;
    }

    private async ValueTask<IReadOnlyList<ListedReport>> AllAsync(Turn turn, CancellationToken cancel)
    {
        var open = await OpenAsync(turn, cancel);
        var numbers = open.Select(report => report.Number).ToHashSet();
        var earlier = (await AskAsync(repositories.Of(turn.At.Tenant).ListAsync(cancel), [])).Where(entry => numbers.Add(entry.Number)).OrderByDescending(entry => entry.Number).Take(MostListed).ToList();
        var texts = earlier.Count == 0 ? [] : (await AskAsync(repositories.Of(turn.At.Tenant).ReadAllAsync(cancel), [])).GroupBy(report => report.Entry.Number).ToDictionary(reports => reports.Key, reports => reports.First());
        List<ListedReport> all = [.. open];
        foreach (var entry in earlier)
        {
            var known = await incidents.ByNumberAsync(turn.At.Tenant, entry.Number, cancel);
            all.Add(new(entry.Number, entry.Title, "") { Figures = known is { Incident: { IsPrivate: false } incident } ? IncidentFigures.Of(incident) : null, Lesson = texts.GetValueOrDefault(entry.Number)?.Lesson });
        }

        return [.. all.OrderByDescending(report => report.Number).Take(MostListed)];
    }

    /// <summary>The best reports of the repository that this person may see.</summary>
    private async ValueTask<(IReadOnlyList<FoundReport> Reports, int More)> FoundAsync(Turn turn, string words, CancellationToken cancel)
    {
        var found = await AskAsync(repositories.Of(turn.At.Tenant).SearchAsync(words, cancel), []);
        List<FoundReport> seen = [];
        foreach (var (at, report) in found.Index())
        {
            if (seen.Count == MostFound) return (seen, found.Count - at);
            if (await MaySeeAsync(turn.At, turn.By, report.Report.Entry.Number, cancel)) seen.Add(report);
        }

        return (seen, 0);
    }

    private async ValueTask<IReadOnlyList<ListedAction>> MineAsync(Turn turn, WorkspaceSettings workspace, CancellationToken cancel)
    {
        var today = ReminderRules.LocalOf(clock.GetUtcNow(), workspace.TimeZone).Day;
        List<ListedAction> mine = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var name in new[] { turn.By.Name, turn.By.Id }.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            await foreach (var incident in incidents.NotedAsync(turn.At.Tenant, Keys.Owner(turn.At.Tenant, name), cancel))
            {
                if (incident.Phase != Phase.Cancelled && seen.Add(incident.Id) && await MaySeeAsync(turn, incident, cancel)) mine.AddRange(Of(turn.By, incident, today));
            }
        }

        return [.. mine.OrderBy(action => action.Report).ThenBy(action => action.Number).Take(MostListed)];
    }

    private static IEnumerable<ListedAction> Of(Person person, Incident incident, DateOnly today) =>
        ActionTable.Of(incident.Report).Rows.Zip(incident.ActionNumbers.Rows)
            .Where(row => row.First.IsOpen && person.IsCalled(row.First.Owner))
            .Select(row => new ListedAction(incident.Number, row.Second.Number, row.First.Action, row.First.DueText, row.First.Due < today));

    /// <summary>What a reminder's button names, as far as it concerns whoever presses.</summary>
    private async ValueTask<IReadOnlyList<Duty>> RemindedAsync(Turn turn, Facts facts, IEnumerable<(int Report, string Key)> named, CancellationToken cancel)
    {
        List<Duty> found = [];
        foreach (var report in named.GroupBy(duty => duty.Report))
        {
            if (await incidents.ByNumberAsync(turn.At.Tenant, report.Key, cancel) is not { Incident: var incident }) continue;
            List<Duty> asked = [.. Duties.Of(incident, facts.Rules, facts.Settings.TimeZone).Where(duty => report.Contains((duty.Report, duty.Key)))];
            var people = await reminders.PeopleAsync(incident, asked, mayAsk: false, cancel);
            found.AddRange(asked.Where(duty => people.RolesOf(duty, turn.By).Any()));
        }

        return found;
    }

    /// <summary>Who those are whom an 8D names, their time zones, and who of them was told today.</summary>
    private async ValueTask<Facts> WithPeopleAsync(Facts facts, Incident incident, bool isNow, CancellationToken cancel)
    {
        Dictionary<string, Person> owners = new(StringComparer.OrdinalIgnoreCase);
        Dictionary<string, string> zones = new(StringComparer.Ordinal);
        HashSet<string> told = new(StringComparer.Ordinal);
        var isHurried = false;
        foreach (var name in Duties.Concerned(incident).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            (var known, isHurried) = await PersonAsync(incident, name, isHurried, cancel);
            if (known is not { } person) continue;
            owners[name] = person;
            zones[person.Id] = await reminders.ZoneAsync(Conversation.Of(incident.Home), person, mayAsk: !isHurried, cancel);
            if (isNow && await reminders.IsToldAsync(incident.Home.Tenant, person, ReminderRules.LocalOf(clock.GetUtcNow(), zones[person.Id]).Day, cancel)) told.Add(person.Id);
        }

        return facts with { Owners = owners, Zones = zones, RemindedToday = told };
    }

    /// <summary>Who has a name; where the channel takes its time, as far as that is known at once, and whoever comes next is not to wait as long again.</summary>
    private async ValueTask<(Person? Person, bool IsHurried)> PersonAsync(Incident incident, string name, bool isHurried, CancellationToken cancel)
    {
        if (isHurried) return (await reminders.OwnerAsync(incident, name, mayAsk: false, cancel), true);
        try
        {
            return (await reminders.OwnerAsync(incident, name, mayAsk: true, cancel).AsTask().WaitAsync(PersonPatience, cancel), false);
        }
        catch (TimeoutException)
        {
            return (await reminders.OwnerAsync(incident, name, mayAsk: false, cancel), true);
        }
    }

    private async ValueTask<Facts> WithPersonAsync(Facts facts, Incident incident, string typed, CancellationToken cancel) =>
        typed.Trim().TrimStart('@') is { Length: > 0 } name && await PersonAsync(incident, name, isHurried: false, cancel) is ({ } person, _)
            ? facts with { Owners = new Dictionary<string, Person>(facts.Owners, StringComparer.OrdinalIgnoreCase) { [name] = person } }
            : facts;

    private async ValueTask<LogEntry?> OlderAsync(Incident? incident, long entry, CancellationToken cancel) =>
        incident is not null && incident.Log.Find(entry) is null ? await incidents.FindHistoryAsync(incident, entry, cancel) : null;

    /// <summary>A private 8D is seen from its own conversation; else by who is in that conversation, or by its own people where that is open to others.</summary>
    private ValueTask<bool> MaySeeAsync(Turn turn, Incident incident, CancellationToken cancel) => MaySeeAsync(turn.At, turn.By, incident, cancel);

    /// <summary>A report of the repository is seen by everybody, unless it is a private 8D's here.</summary>
    private async ValueTask<bool> MaySeeAsync(Place at, Person by, int number, CancellationToken cancel) =>
        await incidents.ByNumberAsync(at.Tenant, number, cancel) is not { Incident: var incident } || await MaySeeAsync(at, by, incident, cancel);

    private async ValueTask<bool> MaySeeAsync(Place at, Person by, Incident incident, CancellationToken cancel)
    {
        if (!incident.IsPrivate || Conversation.Of(incident.Home) == Conversation.Of(at)) return true;
        return incident.Home.IsPrivate
            ? channels.Of(incident.Home.Tenant) is { } channel && await channel.IsInAsync(Conversation.Of(incident.Home), by, cancel)
            : incident.People.Exists(person => person.Id == by.Id);
    }

    private static ListedReport Line(Incident incident) => new(incident.Number, incident.Report.Title, incident.Report.Status) { Figures = IncidentFigures.Of(incident), Lesson = Lesson.Of(incident.Report.Text) };
}
