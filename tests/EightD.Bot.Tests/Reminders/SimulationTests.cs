using System.Globalization;
using EightD.Bot.Tests.Conversations;

namespace EightD.Bot.Tests.Reminders;

/// <summary>
/// Months of actions that are done, put off, snoozed and handed on while people come and go: each day's messages are those of a model that goes day by day and shares no
/// code with the planner. Nothing is missing, nothing is extra, and nobody gets two messages on a day.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Days = 130, Reports = 8, RowsEach = 3;

    private static readonly string[] Names = ["ana", "bo", "cy", "dan", "eve"];
    private static readonly DateOnly First = new(2024, 1, 1); // a Monday

    private readonly List<Row> rows = [];
    private readonly Dictionary<string, DateOnly> away = new(StringComparer.Ordinal);
    private Random random = new();

    [Fact]
    public async Task Each_day_everybody_gets_what_the_model_says_and_no_more()
    {
        var seed = Random.Shared.Next();
        random = new Random(seed);
        await using var chat = await Chat.OpenAsync("2024-01-01 08:00", null, "--Reminders:Interval=1.00:00:00", "--Git:Poll=00:00:00");
        for (var report = 1; report <= Reports; report++)
        {
            await chat.Says(LeadOf(report), $"/8d start Trouble {report}", $"c{report}");
            for (var row = 1; row <= RowsEach; row++) await AddAsync(chat, report, row);
        }

        var (messages, listed) = (0, 0);
        Dictionary<string, int> read = Names.ToDictionary(name => name, _ => 0, StringComparer.Ordinal);
        for (var day = First; day < First.AddDays(Days); day = day.AddDays(1))
        {
            chat.Clock.SetUtcNow(new DateTimeOffset(day, new TimeOnly(8, 0), TimeSpan.Zero));
            if (day > First) await HappensAsync(chat, day);
            chat.Clock.SetUtcNow(new DateTimeOffset(day, new TimeOnly(9, 0), TimeSpan.Zero));
            await chat.SweepAsync();
            foreach (var name in Names)
            {
                var told = await chat.DirectAsync(name);
                var expected = Expected(name, day);
                var today = told.Skip(read[name]).ToList();
                Assert.True(today.Count == (expected.Count > 0 ? 1 : 0), $"Seed {seed}, {day:yyyy-MM-dd ddd}, {name}: {today.Count} messages; expected {string.Join(' ', expected)}");
                if (today.Count == 0) continue;
                var lines = today[0].Text.Split('\n').Where(line => line.StartsWith("- **", StringComparison.Ordinal)).Select(line => line[4..line.IndexOf("**", 4, StringComparison.Ordinal)]).Order(StringComparer.Ordinal);
                Assert.True(expected.SequenceEqual(lines, StringComparer.Ordinal), $"Seed {seed}, {day:yyyy-MM-dd ddd}, {name}: {string.Join(' ', lines)}; expected {string.Join(' ', expected)}");
                (messages, listed, read[name]) = (messages + 1, listed + expected.Count, told.Count);
            }
        }

        output.WriteLine($"Seed {seed}: {Days} days, {messages} messages that listed {listed} actions.");
        Assert.True(messages > 100, $"Only {messages} messages: the simulation did too little.");
    }

    private static string LeadOf(int report) => Names[report % Names.Length];

    private async Task AddAsync(Chat chat, int report, int number)
    {
        var row = new Row(report, number) { Owner = Any(Names), Due = First.AddDays(random.Next(0, Days)) };
        await chat.Says(LeadOf(report), $"/8d action add Work {number} @{row.Owner} by {Iso(row.Due)}", $"c{report}");
        rows.Add(row);
    }

    /// <summary>What people do in the morning, before anybody is reminded.</summary>
    private async Task HappensAsync(Chat chat, DateOnly day)
    {
        for (var events = random.Next(0, 3); events > 0; events--)
        {
            var row = rows[random.Next(rows.Count)];
            var where = $"c{row.Report}";
            switch (random.Next(0, 7))
            {
                case 0 when !row.IsDone:
                    await chat.Says(row.Owner, $"/8d action done {row.Number}", where);
                    row.IsDone = true;
                    break;
                case 1 when row.IsDone:
                    await chat.Says(row.Owner, $"/8d action reopen {row.Number}", where);
                    row.IsDone = false;
                    break;
                case 2 or 3 when !row.IsDone:
                    row.Due = day.AddDays(random.Next(0, 20));
                    row.Snoozed = null;
                    await chat.Says("ana", $"/8d action due {row.Number} {Iso(row.Due)}", where);
                    break;
                case 4 when !row.IsDone:
                    var count = random.Next(1, 10);
                    await chat.Says(row.Owner, $"/8d remind snooze {row.Number} {count}d", where);
                    row.Snoozed = day.AddDays(count);
                    break;
                case 5 when !row.IsDone:
                    row.Owner = Any(Names);
                    await chat.Says("ana", $"/8d action assign {row.Number} @{row.Owner}", where);
                    break;
                case 6:
                    var who = Any(Names);
                    away[who] = day.AddDays(random.Next(0, 8));
                    await chat.Says(who, $"/8d remind away until {Iso(away[who])}", where);
                    break;
            }
        }
    }

    /// <summary>The model: of what somebody hears on a day.</summary>
    private List<string> Expected(string name, DateOnly day)
    {
        if (!IsWorking(day) || IsAway(name, day)) return [];
        return [.. rows.Where(row => !row.IsDone && (row.Owner == name ? IsForOwner(row, day) : LeadOf(row.Report) == name && (IsAway(row.Owner, day) ? IsForOwner(row, day) : IsForLead(row, day))))
            .Select(row => $"{row.Report}.{row.Number}").Order(StringComparer.Ordinal)];
    }

    private bool IsAway(string name, DateOnly day) => away.TryGetValue(name, out var until) && until >= day;

    private static bool IsForOwner(Row row, DateOnly day)
    {
        if (row.Snoozed is { } until)
        {
            var wakes = until;
            while (!IsWorking(wakes)) wakes = wakes.AddDays(1);
            if (day < wakes) return false;
            if (day == wakes) return true;
        }

        var before = row.Due.AddDays(-1);
        while (!IsWorking(before)) before = before.AddDays(-1);
        if (day == before || day == row.Due) return true;
        return day > row.Due && (Late(row, day) <= 5 || day.DayOfWeek == DayOfWeek.Monday);
    }

    private static bool IsForLead(Row row, DateOnly day) =>
        day > row.Due && (row.Snoozed is not { } until || until < day) && Late(row, day) is var late && (late == 3 || (late > 3 && day.DayOfWeek == DayOfWeek.Monday));

    private static int Late(Row row, DateOnly day)
    {
        var late = 0;
        for (var each = row.Due.AddDays(1); each <= day; each = each.AddDays(1)) late += IsWorking(each) ? 1 : 0;
        return late;
    }

    private static bool IsWorking(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string Any(string[] of) => of[random.Next(of.Length)];

    private sealed class Row(int report, int number)
    {
        public int Report => report;

        public int Number => number;

        public required string Owner { get; set; }

        public required DateOnly Due { get; set; }

        public DateOnly? Snoozed { get; set; }

        public bool IsDone { get; set; }
    }
}
