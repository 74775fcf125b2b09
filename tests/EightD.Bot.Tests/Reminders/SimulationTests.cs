using System.Diagnostics;
using System.Globalization;
using EightD.Bot.Channels;
using EightD.Bot.Due;
using EightD.Bot.Storage;
using EightD.Bot.Tests.Conversations;
using EightD.Bot.Tests.Publishing;
using EightD.Bot.Tests.Reminders.Simulated;
using EightD.Bot.Turns;
using EightD.Incidents;
using EightD.Incidents.Commands;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace EightD.Bot.Tests.Reminders;

/// <summary>
/// More than a year of actions that are done, dropped, put off, snoozed and handed on, in chat and in Git, by people in twelve time zones who come and go and cannot always be reached, with two bots
/// on one store, restarts, weeks of downtime, a store and a platform that break: at each moment everybody gets what the model says, once, within their hours, and nothing else.
/// </summary>
public sealed class SimulationTests : IAsyncDisposable
{
    private const int Days = 400, ReportCount = 200, InGit = 6, UsualYear = 8;

    /// <summary>Nobody else's day begins when those of leads do: what follows from a failure is then the same in each run.</summary>
    private static readonly string[] LeadZones = ["Asia/Kathmandu", "Asia/Kolkata"];
    private static readonly string[] Zones = ["UTC", "America/New_York", "America/Chicago", "America/Los_Angeles", "America/Sao_Paulo", "Europe/Berlin", "Europe/Helsinki", "Asia/Tokyo", "Australia/Sydney", "Pacific/Auckland"];
    private static readonly DateOnly First = new(2024, 1, 2);

    /// <summary>Whose actions are changed in Git: each look there costs some processes.</summary>
    private static readonly string[] GitOwners = ["p41", "p42", "p43"];

    private readonly TempFolder folder = new();
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(First, new TimeOnly(0, 30), TimeSpan.Zero));
    private readonly Model model = new();
    private readonly WebApplication?[] bots = new WebApplication?[2];
    private readonly Dictionary<string, DateOnly> from = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateOnly> toldOn = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> toldUnreached = new(StringComparer.Ordinal);
    private readonly List<(string Person, string Name, DateOnly Since)> carried = [];

    /// <summary>What is to be said at this moment to whom nobody can reach any more.</summary>
    private readonly Dictionary<string, HashSet<string>> wantedInVain = new(StringComparer.Ordinal);
    /// <summary>In the usual run always the same year; another one each time where there is time for it; one that was played before where its seed is given.</summary>
    private readonly int seed = int.TryParse(Environment.GetEnvironmentVariable("EIGHTD_YEAR"), CultureInfo.InvariantCulture, out var year) ? year : Environment.GetEnvironmentVariable("EIGHTD_LONG") == "1" ? Random.Shared.Next() : UsualYear;
    private readonly int rowsEach;
    private readonly Random random;
    private readonly SimulatedStore store;
    private readonly SimulatedPlatform platform;
    private readonly ITestOutputHelper output;
    private bool hasBegun;
    private DateOnly upSince;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private int requests, messages, listed, restarts, downtimes, edits, read;

    public SimulationTests(ITestOutputHelper output)
    {
        (this.output, random, rowsEach) = (output, new Random(seed), seed == UsualYear ? 2 : 3); // other years may take their time
        store = new(new Random(seed));
        platform = new(new Random(seed), clock);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var bot in bots.OfType<WebApplication>()) await bot.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Everybody_is_told_what_the_model_says_when_it_says_so_and_nothing_else()
    {
        for (var person = 1; person <= 50; person++) platform.Zones[$"p{person:D2}"] = person <= 20 ? LeadZones[person % 2] : Zones[person % Zones.Length];
        for (var bot = 0; bot < bots.Length; bot++) bots[bot] = await StartAsync(bot);
        await BeginAsync();
        foreach (var person in platform.Zones.Keys) from[person] = LocalOf(person).Time < new TimeOnly(9, 0) ? LocalOf(person).Day : LocalOf(person).Day.AddDays(1);

        var (downUntil, quietUntil) = (First, First);
        for (var day = First; day < First.AddDays(Days); day = day.AddDays(1))
        {
            if (day > First.AddDays(20) && day >= downUntil && random.Next(60) == 0) (downUntil, quietUntil, downtimes) = (day.AddDays(random.Next(3, 10)), day.AddDays(16), downtimes + 1);
            if (day < downUntil) continue;
            if (day == downUntil) upSince = day;
            foreach (var moment in Moments(day))
            {
                if (moment < clock.GetUtcNow()) continue;
                clock.SetUtcNow(moment);
                if (moment.TimeOfDay != Morning) await SweepAsync(day);
                else if (day > First && day >= quietUntil) await HappensAsync(day);
            }
        }

        output.WriteLine($"Seed {seed}: {messages} messages that listed {listed} lines; {store.Broken} faults of the store, {platform.Failed} of the platform and {platform.Away} times somebody could not be reached, {restarts} restarts, {downtimes} times down, {edits} edits in Git; {watch.Elapsed.TotalSeconds:F0} s.");
        Assert.True(messages > 1000 && store.Broken + platform.Failed >= 1000, "The simulation did too little.");
    }

    /// <summary>When people do something.</summary>
    private static TimeSpan Morning => new(0, 30, 0);

    /// <summary>The moments of a day at which something is to happen: in each zone it is nine once.</summary>
    private static IEnumerable<DateTimeOffset> Moments(DateOnly day)
    {
        var begin = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        return LeadZones.Concat(Zones).SelectMany(zone => Enumerable.Range(-1, 3).Select(ahead => NineIn(zone, day.AddDays(ahead)))).Append(begin + Morning)
            .Where(moment => moment >= begin && moment < begin.AddDays(1)).Distinct().Order();
    }

    private static DateTimeOffset NineIn(string zone, DateOnly day)
    {
        var nine = day.ToDateTime(new TimeOnly(9, 0));
        return new DateTimeOffset(nine, TimeZoneInfo.FindSystemTimeZoneById(zone).GetUtcOffset(nine)).ToUniversalTime();
    }

    private (DateOnly Day, TimeOnly Time) LocalOf(string person)
    {
        var local = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(platform.Zones[person])).DateTime;
        return (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
    }

    private Task<WebApplication> StartAsync(int bot) => Serve.StartAsync(
        ["--urls=http://127.0.0.1:0", "--Playground:Enabled=false", $"--Storage:Path={folder[$"data{bot}/eightd.db"]}", $"--Git:Remote={folder["reports.git"]}", "--Git:Poll=00:00:00", $"--Reminders:Holidays={Holidays()}", "--Logging:LogLevel:Default=None"],
        builder =>
        {
            builder.Services.RemoveAll<IHostedService>(); // it is swept here, and at no other time
            builder.Services.RemoveAll<IBlobStore>();
            builder.Services.RemoveAll<IChannel>();
            builder.Services.AddSingleton<TimeProvider>(clock);
            builder.Services.AddSingleton<IBlobStore>(store);
            builder.Services.AddSingleton<IChannel>(new SimulatedChannel(platform));
            builder.Services.AddSingleton<DueSweep>();
        });

    private string Holidays()
    {
        var file = folder["holidays.ics"];
        if (!File.Exists(file)) File.WriteAllText(file, string.Join("\r\n", ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", .. Holiday("0101", "New Year"), .. Holiday("0501", "Labour Day"), "END:VCALENDAR", ""]));
        return file;
    }

    private static string[] Holiday(string day, string name) => ["BEGIN:VEVENT", $"UID:{day}@example.com", $"DTSTART;VALUE=DATE:2022{day}", "RRULE:FREQ=YEARLY", $"SUMMARY:{name}", "END:VEVENT"];

    private async Task BeginAsync()
    {
        for (var number = 1; number <= ReportCount; number++)
        {
            var isInGit = number > ReportCount - InGit;
            var report = new SimulatedReport(number, $"p{1 + (isInGit ? 0 : number % 20):D2}", $"p{21 + (isInGit ? 0 : number % 15):D2}") { IsInGit = isInGit };
            model.Reports.Add(report);
            await SaysAsync(report.Lead, $"start Trouble {number}", report);
            await SaysAsync(report.Lead, $"team add @{report.Champion} Champion", report, report.Champion);
            for (var row = 1; row <= rowsEach; row++)
            {
                var made = new SimulatedRow(report, row) { Owner = isInGit ? Any(GitOwners) : Anybody(), Due = First.AddDays(random.Next(0, Days)) };
                model.Rows.Add(made);
                report.Rows.Add(made);
                await SaysAsync(report.Lead, $"action add Work {row} @{made.Owner} by {Iso(made.Due)}", report, made.Owner);
            }

            if (!report.IsInGit) continue;
            await SaysAsync(report.Lead, $"action add Never ends @{report.Lead} by 2029-01-01", report); // so that the day on which all are done does not depend on who looks into Git when
            await SaysAsync(report.Lead, "publish", report);
            await People.UntilAsync(async () => (await IncidentAsync(report)).Published is not null, "it is published");
        }

        foreach (var report in model.Reports) await People.UntilAsync(async () => (await IncidentAsync(report)).Messages.ContainsKey(EightD.Incidents.MessageKey.Card), "its card is posted");
        hasBegun = true;
        GitHere.Run(folder["reports.git"], "clone", "-q", ".", folder["desk"]);
        for (var bot = 0; bot < bots.Length; bot++) await bots[bot]!.Services.GetRequiredService<EightD.Bot.ReadingBack.GitPolling>().LookAsync(People.Cancel);
    }

    /// <summary>What people do in a day.</summary>
    private async Task HappensAsync(DateOnly day)
    {
        if (random.Next(8) == 0) await RestartAsync();
        platform.Unreachable.Clear();
        foreach (var person in platform.Zones.Keys.Where(person => random.Next(60) == 0)) platform.Unreachable[person] = IsFinal(person); // leads can be reached, if not at once
        if (random.Next(5) == 0) await HappensAsync(Any(model.Rows.Where(row => row.Report.IsInGit).ToList()), day);
        var inChat = model.Rows.Where(row => !row.Report.IsInGit).ToList();
        for (var count = random.Next(2, 7); count > 0; count--)
        {
            var near = inChat.Where(row => Math.Abs(row.Due.DayNumber - day.DayNumber) < 12).ToList();
            var overdue = inChat.Where(row => row.IsOpen && row.Due < day).ToList();
            await HappensAsync(overdue.Count > 0 && random.Next(2) == 0 ? Any(overdue) : near.Count > 0 && random.Next(4) > 0 ? Any(near) : Any(inChat), day);
        }

        if (random.Next(4) == 0)
        {
            var who = Anybody();
            model.Away[who] = day.AddDays(random.Next(0, 12));
            await SaysAsync(who, $"remind away until {Iso(model.Away[who])}", model.Reports[0]);
            var (today, time) = LocalOf(who);
            var first = time < new TimeOnly(9, 0) ? today : today.AddDays(1);
            from[who] = Later(from[who] > first ? first : from[who], model.Away[who].AddDays(1)); // who is back earlier than they had said hears earlier of it; of the days of an absence never
            carried.RemoveAll(each => each.Person == who);
        }

        var measured = model.Reports.Where(report => report.EffectDue < day).ToList();
        if (measured.Count > 0 && random.Next(2) == 0)
        {
            var report = Any(measured);
            await SaysAsync(report.Lead, "effect None since", report);
            report.EffectDue = null;
        }
    }

    private async Task HappensAsync(SimulatedRow row, DateOnly day)
    {
        var before = IsAllDone(row.Report);
        await (row.Report.IsInGit ? EditAsync(row, day) : ChangeAsync(row, row.Owner, day));
        var isDone = IsAllDone(row.Report);
        if (!isDone) row.Report.EffectDue = null;
        else if (!before && row.Report.Rows.Exists(each => !each.IsOpen && !each.IsDropped)) row.Report.EffectDue = day.AddDays(30);
    }

    private async Task ChangeAsync(SimulatedRow row, string owner, DateOnly day)
    {
        switch (random.Next(8))
        {
            case 0 or 1 when row.IsOpen:
                row.IsOpen = false;
                await SaysAsync(owner, $"action done {row.Number}", row.Report);
                break;
            case 2 when row.IsOpen:
                (row.IsOpen, row.IsDropped) = (false, true);
                await SaysAsync(owner, $"action drop {row.Number} too costly", row.Report);
                break;
            case 3 when !row.IsOpen:
                (row.IsOpen, row.IsDropped) = (true, false);
                await SaysAsync(owner, $"action reopen {row.Number}", row.Report);
                break;
            case 4 or 5 when row.IsOpen:
                var due = day.AddDays(random.Next(1, 25));
                (row.Snoozed, row.Due) = (due == row.Due ? row.Snoozed : null, due);
                await SaysAsync(row.Report.Lead, $"action due {row.Number} {Iso(row.Due)}", row.Report);
                break;
            case 6 when row.IsOpen:
                var count = random.Next(1, 10);
                row.Snoozed = day.AddDays(count);
                await SaysAsync(owner, $"remind snooze {row.Number} {count}d", row.Report);
                break;
            case 7 when row.IsOpen:
                row.Owner = Anybody();
                await SaysAsync(row.Report.Lead, $"action assign {row.Number} @{row.Owner}", row.Report, row.Owner);
                break;
        }
    }

    private bool IsAllDone(SimulatedReport report) => !report.IsInGit && report.Rows.TrueForAll(row => !row.IsOpen);

    /// <summary>A colleague changes the row in the file, and pushes.</summary>
    private async Task EditAsync(SimulatedRow row, DateOnly day)
    {
        var file = Directory.GetFiles(folder["desk/docs/8d"], $"{row.Report.Number:D4}-*.md").Single();
        var lines = (await File.ReadAllTextAsync(file, People.Cancel)).Split('\n');
        var at = Array.FindIndex(lines, line => line.StartsWith($"| Work {row.Number} |", StringComparison.Ordinal));
        var cells = lines[at].Split('|');
        if (row.IsOpen && random.Next(2) == 0)
        {
            row.Due = day.AddDays(random.Next(1, 25));
            cells[3] = $" {row.Due.ToString(random.Next(2) == 0 ? "yyyy-MM-dd" : "d MMMM yyyy", CultureInfo.InvariantCulture)} ";
        }
        else
        {
            row.IsOpen = !row.IsOpen;
            cells[4] = row.IsOpen ? " in progress " : Any([" Completed ", " Done ", " ✅ ", " done, see PR 7 ", " Won't do "]);
        }

        lines[at] = string.Join('|', cells);
        await File.WriteAllTextAsync(file, string.Join('\n', lines), People.Cancel);
        GitHere.Run(folder["desk"], "-c", "user.name=Maria", "-c", "user.email=maria@example.com", "commit", "--allow-empty", "-qam", $"Row {row.Name}");
        GitHere.Run(folder["desk"], "push", "-q");
        edits++;
        if (row.IsOpen) await Any(bots)!.Services.GetRequiredService<EightD.Bot.ReadingBack.GitPolling>().LookAsync(People.Cancel); // as it does each minute; that something is done is found by whoever is about to remind
    }

    private async Task RestartAsync()
    {
        var which = random.Next(bots.Length);
        await bots[which]!.DisposeAsync();
        bots[which] = await StartAsync(which);
        restarts++;
    }

    /// <summary>Both bots look at once, again and again while anything breaks; then what was said is what the model says.</summary>
    private async Task SweepAsync(DateOnly day)
    {
        var expected = Expected();
        (store.Breaks, platform.Fails) = (2, 12);
        for (var pass = 0; ; pass++)
        {
            var before = (store.Broken, platform.Failed, platform.Said.Count, platform.Refused.Count);
            await Task.WhenAll(bots.Select(bot => SweepAsync(bot!)));
            if (pass == 1) (store.Breaks, platform.Fails) = (0, 0);
            if (before == (store.Broken, platform.Failed, platform.Said.Count, platform.Refused.Count) || pass == 12) break;
            clock.Advance(TimeSpan.FromSeconds(31));
        }

        (store.Breaks, platform.Fails) = (0, 0);
        var said = platform.Said.Skip(read).Select(each => (each.Person, Names: NamesIn(each.Text))).ToList();
        read = platform.Said.Count;
        var refused = platform.Refused.Select(each => (each.Person, Names: NamesIn(each.Text))).DistinctBy(each => $"{each.Person} {string.Join(' ', each.Names)}", StringComparer.Ordinal).ToList(); // what could not be kept is tried again
        platform.Refused.Clear();
        Check(refused.Select(each => $"{each.Person}: {string.Join(' ', each.Names.Order(StringComparer.Ordinal))}").Order(StringComparer.Ordinal).SequenceEqual(wantedInVain.Select(each => $"{each.Key}: {string.Join(' ', each.Value.Order(StringComparer.Ordinal))}").Order(StringComparer.Ordinal), StringComparer.Ordinal),
            () => $"in vain {string.Join(" | ", refused.Select(each => $"{each.Person}: {string.Join(' ', each.Names)}"))}; expected {string.Join(" | ", wantedInVain.Select(each => $"{each.Key}: {string.Join(' ', each.Value)}"))}");
        Check(said.Select(each => each.Person).Distinct(StringComparer.Ordinal).Count() == said.Count, () => $"somebody got two messages: {string.Join(' ', said.Select(each => each.Person))}");
        foreach (var person in platform.Zones.Keys)
        {
            var names = said.Where(each => each.Person == person).SelectMany(each => each.Names).Order(StringComparer.Ordinal).ToList();
            var wanted = expected.GetValueOrDefault(person)?.Order(StringComparer.Ordinal).ToList() ?? [];
            Check(names.SequenceEqual(wanted, StringComparer.Ordinal), () => $"{person} ({platform.Zones[person]}, {LocalOf(person)}): {string.Join(' ', names)}; expected {string.Join(' ', wanted)}; away until {model.Away.GetValueOrDefault(person)}, next {from[person]}, last up again {upSince}, out of reach {string.Join(' ', platform.Unreachable.Keys)}; before: {string.Join(" | ", platform.Said.Where(each => each.Person == person).TakeLast(4).Select(each => $"{each.At:MM-dd HH:mm} {string.Join(' ', NamesIn(each.Text))}"))}");
        }

        (messages, listed) = (messages + said.Count, listed + said.Sum(each => each.Names.Count));
        foreach (var (person, names) in said) await AssertRecordedAsync(person, names);
        if (clock.GetUtcNow().TimeOfDay is { Hours: 9, Minutes: < 20 }) await AssertDigestsAsync(day);
    }

    private static async Task SweepAsync(WebApplication bot)
    {
        try
        {
            await bot.Services.GetRequiredService<EightD.Bot.Turns.Replicas>().ShowAsync(People.Cancel);
            await bot.Services.GetRequiredService<DueSweep>().SweepAsync(bot.Services.GetRequiredService<TimeProvider>().GetUtcNow(), People.Cancel);
        }
        catch (StoreUnavailableException)
        {
            // it looks again
        }
    }

    /// <summary>What the model says that people get at this moment, by person; and what follows from it for later ones.</summary>
    private Dictionary<string, HashSet<string>> Expected()
    {
        wantedInVain.Clear();
        Dictionary<string, HashSet<string>> expected = new(StringComparer.Ordinal);
        Queue<string> people = new(platform.Zones.Keys.Order(StringComparer.Ordinal));
        while (people.TryDequeue(out var person))
        {
            var (day, time) = LocalOf(person);
            var isAgain = from[person] > day;
            var late = carried.Where(each => each.Person == person).ToList();
            if (isAgain && (late.Count == 0 || toldOn.GetValueOrDefault(person) == day)) continue;
            if (model.IsAway(person, day))
            {
                from[person] = Later(from[person], model.Away[person].AddDays(1));
                carried.RemoveAll(each => each.Person == person);
                continue;
            }

            if (!Model.IsWorking(day) || time < new TimeOnly(9, 0) || time >= new TimeOnly(18, 0)) continue;
            HashSet<string> names = [.. Between(isAgain ? day : from[person], day).SelectMany(each => model.On(person, each)), .. late.SelectMany(each => Between(each.Since, day).Where(on => model.On(person, on).Contains(each.Name, StringComparer.Ordinal)).Select(_ => each.Name))];
            if (names.Count > 0 && platform.Unreachable.TryGetValue(person, out var isFinal) && !isFinal) continue; // it is tried all day, and the day after
            carried.RemoveAll(each => each.Person == person);
            from[person] = Later(from[person], day.AddDays(1));
            if (names.Count == 0) continue;
            toldOn[person] = day;
            toldUnreached[person] = [.. model.Unreached.Where(each => each.Person == each.Row.Owner).Select(each => each.Row.Name).Where(names.Contains)];
            var own = model.Rows.Where(row => row.Owner == person && names.Contains(row.Name)).ToList();
            foreach (var row in own) model.Unreached.Remove((row, person));
            if (!platform.Unreachable.ContainsKey(person))
            {
                expected[person] = names;
                continue;
            }

            wantedInVain[person] = names;
            foreach (var row in own)
            {
                model.Unreached.Add((row, person));
                if (toldOn.GetValueOrDefault(row.Report.Lead) == LocalOf(row.Report.Lead).Day && toldUnreached[row.Report.Lead].Contains(row.Name)) continue; // it was said already
                carried.Add((row.Report.Lead, row.Name, LocalOf(row.Report.Lead).Day));
                people.Enqueue(row.Report.Lead);
            }
        }

        return expected;
    }

    /// <summary>What is wrong is put into words only where it is.</summary>
    private void Check(bool holds, Func<string> wrong)
    {
        if (!holds) Assert.Fail($"Seed {seed}, {clock.GetUtcNow():u}: {wrong()}");
    }

    private async Task AssertRecordedAsync(string person, IReadOnlyList<string> names)
    {
        foreach (var of in names.GroupBy(name => int.Parse(name[..name.IndexOf('.', StringComparison.Ordinal)], CultureInfo.InvariantCulture)))
        {
            var incident = await IncidentAsync(model.Reports[of.Key - 1]);
            foreach (var name in of) Check(incident.Reminded.Exists(each => each.To == person && each.Day == LocalOf(person).Day && each.Failed is null && $"{incident.Number}.{each.Key}" == name), () => $"that {person} was told of {name} is not recorded");
        }
    }

    private async Task AssertDigestsAsync(DateOnly day)
    {
        foreach (var report in model.Reports)
        {
            if (model.IsDigest(report, day)) report.Digest = day;
            if (report.Digest != day && random.Next(10) > 0) continue; // of those of whom nothing is expected some are looked at
            var told = (await IncidentAsync(report)).DigestOn;
            Check(told == report.Digest, () => $"on {day} the conversation of {report.Number} was told on {told}; expected {report.Digest}");
        }
    }

    private async Task SaysAsync(string who, string line, SimulatedReport report, string? mentioned = null)
    {
        foreach (var bot in bots) await bot!.Services.GetRequiredService<EightD.Bot.Turns.Replicas>().ShowAsync(People.Cancel);
        var turns = bots[hasBegun ? random.Next(bots.Length) : report.Number % bots.Length]!.Services.GetRequiredService<TurnHandler>();
        await turns.HandleAsync(new($"r{++requests}", new(who, who), new("playground", report.Conversation), clock.GetUtcNow(), CommandLine.Read(line), Mentioned: mentioned is null ? null : [new(mentioned, mentioned)]));
        await turns.SettledAsync(new("playground", report.Conversation));
    }

    private async Task<Incident> IncidentAsync(SimulatedReport report) => (await bots[0]!.Services.GetRequiredService<IncidentStore>().LatestAsync(new("playground", report.Conversation), People.Cancel))!.Incident;

    /// <summary>The names of what a message lists; what has no name of its own stands under its 8D.</summary>
    private static List<string> NamesIn(string text) =>
    [
        .. text.Split('\n').Where(line => line.StartsWith("- **", StringComparison.Ordinal)).Select(line => line[4..line.IndexOf("**", 4, StringComparison.Ordinal)])
            .Select(name => name.StartsWith("8D ", StringComparison.Ordinal) ? $"{int.Parse(name.AsSpan(3, 4), CultureInfo.InvariantCulture)}.effect" : name),
    ];

    private static IEnumerable<DateOnly> Between(DateOnly first, DateOnly last)
    {
        for (var day = first; day <= last; day = day.AddDays(1)) yield return day;
    }

    /// <summary>Whether somebody cannot be reached for good. What changes in the middle of somebody's day is said the day after where it was tried before, so that there nobody is out of reach for now.</summary>
    private bool IsFinal(string person)
    {
        var time = LocalOf(person).Time;
        return string.CompareOrdinal(person, "p20") > 0 && (random.Next(2) == 0 || (time >= new TimeOnly(9, 0) && time < new TimeOnly(18, 0)));
    }

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string Anybody() => $"p{random.Next(1, 51):D2}";

    private T Any<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];
}
