using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EightD.Benchmarks;

/// <summary>
/// Signed slash commands, 32 senders over 64 channels, to the bot or to whatever else acknowledges them: <c>tests/slack-speed.sh</c> measures Bolt so. Where
/// the bot is measured, what it says goes to an address that takes everything, in this process too.
/// </summary>
internal static class SlackLoad
{
    private const int Senders = 32, Channels = 64;
    private const string Secret = "signing-secret";

    /// <param name="url">The address of the commands.</param>
    /// <param name="seconds">How long it is measured.</param>
    /// <param name="api">Where Slack's Web API is to stand; null: nowhere, and nothing is begun first.</param>
    public static async Task<int> RunAsync(Uri url, int seconds, Uri? api)
    {
        await using var slack = api is null ? null : await EverTaking.StartAsync(api);
        if (slack is not null) await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => BeginAsync(url, sender)));
        await MeasureAsync(url, 4); // warm
        var watch = Stopwatch.StartNew();
        var latencies = new Latencies(await MeasureAsync(url, seconds));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{latencies.Count / watch.Elapsed.TotalSeconds:F0} commands/s, {latencies}{(slack is null ? "" : $"; {slack.Taken} calls of the bot meanwhile")}"));
        return 0;
    }

    private static async Task BeginAsync(Uri url, int sender)
    {
        using var connection = await Connection.OpenAsync(url);
        foreach (var channel in Of(sender)) await connection.PostAsync(Request(url, channel, "start Checkout is down"));
    }

    private static async Task<List<double>> MeasureAsync(Uri url, int seconds)
    {
        var until = Stopwatch.GetTimestamp() + (seconds * Stopwatch.Frequency);
        var measured = await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(() => SendAsync(url, sender, until))));
        return [.. measured.SelectMany(each => each)];
    }

    private static async Task<List<double>> SendAsync(Uri url, int sender, long until)
    {
        using var connection = await Connection.OpenAsync(url);
        int[] channels = [.. Of(sender)];
        List<double> latencies = [];
        for (var next = 0; Stopwatch.GetTimestamp() < until; next++)
        {
            var request = Request(url, channels[next % channels.Length], $"answer D2.business --replace Nobody can pay since {next} o'clock");
            var sent = Stopwatch.GetTimestamp();
            await connection.PostAsync(request);
            latencies.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        }

        return latencies;
    }

    private static IEnumerable<int> Of(int sender) => Enumerable.Range(0, Channels).Where(channel => channel % Senders == sender);

    private static byte[] Request(Uri url, int channel, string text)
    {
        var body = $"token=t&team_id=T0001&team_domain=t&channel_id=C{channel:D4}&channel_name=ops&user_id=U{channel:D4}&user_name=ana&command=%2F8d&text={Uri.EscapeDataString(text)}&api_app_id=A0001&is_enterprise_install=false&trigger_id={Guid.NewGuid():N}";
        var sentAt = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"v0:{sentAt}:{body}")));
        return Encoding.UTF8.GetBytes(
            $"POST {url.AbsolutePath} HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Type: application/x-www-form-urlencoded\r\nX-Slack-Request-Timestamp: {sentAt}\r\nX-Slack-Signature: v0={signature}\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }
}
