using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EightD.Benchmarks;

/// <summary>
/// Whole turns through the playground's API: 32 senders over 64 conversations, each an 8D of the sample's size that is kept so by
/// <c>--replace</c>. Requests are bytes made beforehand, sent over sockets, so that the measuring costs little of the two cores that it shares.
/// </summary>
internal static class Load
{
    private const int Senders = 32;
    private const int Conversations = 64;

    public static async Task<int> RunAsync(Uri url, int seconds, int process)
    {
        var run = Guid.NewGuid().ToString("N")[..6];
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => PrepareAsync(url, run, sender)));
        await MeasureAsync(url, run, seconds: 4); // warm
        using var bot = Process.GetProcessById(process);
        var before = bot.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        var latencies = new Latencies(await MeasureAsync(url, run, seconds));
        var rate = latencies.Count / watch.Elapsed.TotalSeconds;
        bot.Refresh();
        var cost = (bot.TotalProcessorTime - before).TotalMilliseconds / latencies.Count;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{rate:F0} turns/s, {latencies}; {cost:F2} ms of processor a turn, {bot.WorkingSet64 >> 20} MB"));
        return 0;
    }

    /// <summary>Some 8Ds, each in a conversation of its own, with an action of somebody of its own that is due on a day.</summary>
    public static async Task<int> AssignAsync(Uri url, int count, string due)
    {
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(async sender =>
        {
            using var connection = await Connection.OpenAsync(url);
            for (var number = sender; number < count; number += Senders)
            {
                await connection.PostAsync(Request(url, "due", number, "/8d start Checkout is down"));
                await connection.PostAsync(Request(url, "due", number, $"/8d action add Fix it @p{number} by {due}"));
            }
        }));
        return 0;
    }

    /// <summary>Some 300 turns a second, before people are reminded and while they are.</summary>
    public static async Task<int> RemindAsync(Uri url, int count)
    {
        var run = Guid.NewGuid().ToString("N")[..6];
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => PrepareAsync(url, run, sender)));
        await MeasureAsync(url, run, seconds: 4); // warm
        using HttpClient http = new() { BaseAddress = url };
        async Task<int> DeliveredAsync() => (await http.GetStringAsync(new Uri("metrics", UriKind.Relative))).Split('\n').FirstOrDefault(line => line.StartsWith("eightd_reminders_delivered_total", StringComparison.Ordinal)) is { } line
            ? (int)double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture)
            : 0;
        var pause = TimeSpan.FromMilliseconds(100);
        var (delivered, watch) = (0, Stopwatch.StartNew());
        var before = SendAsync(url, run, () => Volatile.Read(ref delivered) == 0, pause);
        while ((delivered = await DeliveredAsync()) == 0) await Task.Delay(pause);
        Say("Before", new(await before), watch);
        watch.Restart();
        var during = SendAsync(url, run, () => Volatile.Read(ref delivered) < count, pause);
        while ((delivered = await DeliveredAsync()) < count) await Task.Delay(pause);
        Say(string.Create(CultureInfo.InvariantCulture, $"While {count} people are reminded"), new(await during), watch);
        return 0;
    }

    private static void Say(string when, Latencies turns, Stopwatch watch) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{when}: {watch.Elapsed.TotalSeconds:F1} s, {turns.Count / watch.Elapsed.TotalSeconds:F0} turns/s, {turns}"));

    private static async Task PrepareAsync(Uri url, string run, int sender)
    {
        using var connection = await Connection.OpenAsync(url);
        foreach (var conversation in Of(sender))
        {
            await connection.PostAsync(Request(url, run, conversation, "/8d start Server Downtime Incident"));
            foreach (var (discipline, answer) in Sample.Answers) await connection.PostAsync(Request(url, run, conversation, $"/8d answer {discipline}\n{answer}"));
        }
    }

    private static async Task<List<double>> MeasureAsync(Uri url, string run, int seconds)
    {
        var until = Stopwatch.GetTimestamp() + (seconds * Stopwatch.Frequency);
        return await SendAsync(url, run, () => Stopwatch.GetTimestamp() < until, TimeSpan.Zero);
    }

    private static async Task<List<double>> SendAsync(Uri url, string run, Func<bool> goesOn, TimeSpan pause)
    {
        var measured = await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(() => SendAsync(url, run, sender, goesOn, pause))));
        return [.. measured.SelectMany(each => each)];
    }

    private static async Task<List<double>> SendAsync(Uri url, string run, int sender, Func<bool> goesOn, TimeSpan pause)
    {
        var requests = Of(sender).SelectMany(conversation => Sample.Answers
            .Where(answer => answer.Discipline is not ("D1" or "D6")) // their tables are added to
            .Select(answer => Request(url, run, conversation, $"/8d answer {answer.Discipline} --replace\n{answer.Answer}"))).ToList();
        using var connection = await Connection.OpenAsync(url);
        List<double> latencies = [];
        for (var next = sender; goesOn(); next++)
        {
            if (pause > TimeSpan.Zero) await Task.Delay(pause);
            var sent = Stopwatch.GetTimestamp();
            await connection.PostAsync(requests[next % requests.Count]);
            latencies.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        }

        return latencies;
    }

    private static IEnumerable<int> Of(int sender) => Enumerable.Range(0, Conversations).Where(conversation => conversation % Senders == sender);

    private static byte[] Request(Uri url, string run, int conversation, string text)
    {
        var body = JsonSerializer.Serialize(new { user = $"ana{conversation}", text });
        return Encoding.UTF8.GetBytes(
            $"POST /playground/api/conversations/load-{run}-{conversation}/messages HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
    }
}
