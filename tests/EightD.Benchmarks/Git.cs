using System.Diagnostics;
using System.Globalization;
using System.Text;
using EightD.Bot.Publishing;
using EightD.Bot.Tests.Publishing;
using EightD.Incidents;
using EightD.Reports.Templates;

namespace EightD.Benchmarks;

/// <summary>A repository of 20 reports and one of 2,000, each on a server over HTTP: what a clone, a look, a publish, a list and a search cost.</summary>
internal static class Git
{
    private const int Few = 20, Many = 2000, Publishes = 60, Searches = 50;

    public static async Task<int> RunAsync(string folder)
    {
        await using var server = await GitHttpServer.StartAsync(folder);
        Measured few = await MeasureAsync(server, folder, Few), many = await MeasureAsync(server, folder, Many);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"A publish into {Many} reports takes {many.Publish / few.Publish:0.00} times one into {Few}."));
        return 0;
    }

    private static async Task<Measured> MeasureAsync(GitHttpServer server, string folder, int reports)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"reports{reports}.git");
        Fill(Path.Combine(folder, name), reports);
        RepositoryOptions options = new($"{server.Address}/{name}", "main", null, "8D Bot", "8d-bot@localhost") { Clones = Path.Combine(folder, "clones", name) };
        using var git = new GitRepository(options);
        var repository = new ReportRepository(git, options);

        var clone = await TimeAsync(() => repository.EnsureUsableAsync(CancellationToken.None));
        var bytes = Directory.EnumerateFiles(options.Clones, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
        server.Calls.Clear();
        var look = await TimeAsync(() => git.RefreshAsync(CancellationToken.None));
        var calls = server.Calls.Count;
        List<double> publishes = [];
        for (var number = 1; number <= Publishes; number++)
        {
            var report = Template.BuiltIn[0].Begin($"Published {number}", reports + number, new(2026, 1, 1), "In Progress", []);
            publishes.Add(await TimeAsync(async () =>
            {
                var outcome = await repository.PublishAsync(new(report, Published: null, new("ana", "Ana"), "8D", [], $"e{number}", DateTimeOffset.UnixEpoch), CancellationToken.None);
                if (outcome is not PublishOutcome.Done) throw new InvalidOperationException(outcome.ToString());
            }));
        }

        var fetch = await TimeAsync(() => repository.ReadAllAsync(CancellationToken.None));
        List<double> searches = [];
        for (var time = 0; time < Searches; time++) searches.Add(await TimeAsync(() => repository.SearchAsync("connection pool 17", CancellationToken.None)));
        Measured measured = new(Middle(publishes), Middle(searches));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{reports} reports: first clone {bytes / 1024} KB in {clone:0} ms; a look where nothing changed {calls} requests, {look:0} ms; a publish {measured.Publish:0} ms; all texts {fetch:0} ms; a search {measured.Search:0.0} ms"));
        return measured;
    }

    /// <summary>Reports as long as the sample, each with words of its own, one commit each twenty.</summary>
    private static void Fill(string repository, int reports)
    {
        Directory.CreateDirectory(repository);
        Run(repository, "", "init", "-q", "--bare", "--initial-branch=main");
        foreach (var (key, value) in GitHttpServer.Needed) Run(repository, "", "config", key, value);
        StringBuilder stream = new();
        for (var number = 1; number <= reports; number++)
        {
            var text = Sample.Text.Replace("# 0003: ", string.Create(CultureInfo.InvariantCulture, $"# {number:D4}: Incident {number} "), StringComparison.Ordinal)
                .Replace("Dec", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(number))), StringComparison.Ordinal);
            if (number % 20 == 1) stream.Append("commit refs/heads/main\ncommitter T <t@t> 0 +0000\ndata 1\nx\n");
            stream.Append(CultureInfo.InvariantCulture, $"M 100644 inline docs/8d/{number:D4}-incident-{number}.md\ndata {Encoding.UTF8.GetByteCount(text)}\n{text}\n");
        }

        var contents = "# 8D reports\n\n## Reports\n\n" + string.Concat(Enumerable.Range(1, reports).Select(number => string.Create(CultureInfo.InvariantCulture, $"- [{number:D4}: Incident {number}](./{number:D4}-incident-{number}.md)\n")));
        stream.Append(CultureInfo.InvariantCulture, $"M 100644 inline docs/8d/README.md\ndata {Encoding.UTF8.GetByteCount(contents)}\n{contents}\n");
        Run(repository, stream.ToString(), "fast-import", "--quiet");
    }

    private static void Run(string directory, string input, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = directory, UseShellExecute = false, RedirectStandardInput = true })!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"git {arguments[0]} failed.");
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var began = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static double Middle(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private sealed record Measured(double Publish, double Search);
}
