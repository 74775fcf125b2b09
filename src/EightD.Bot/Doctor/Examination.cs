using System.Net.Sockets;
using EightD.Bot.Channels.Slack;
using EightD.Bot.Channels.Teams;
using EightD.Bot.Publishing;
using EightD.Bot.Publishing.Reviews;
using EightD.Bot.Reminders;
using EightD.Bot.Settings;
using EightD.Bot.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace EightD.Bot.Doctor;

/// <summary>
/// The verb <c>doctor</c>: looks whether everything that is set can be used, one line a check. It only reads, makes nothing, and may run beside the server.
/// </summary>
internal static class Examination
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Prints the findings. 0; or 1 where one of them fails.</summary>
    /// <param name="args">The command line after the verb.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var isWell = true;
        await foreach (var finding in FindAsync(args, CancellationToken.None))
        {
            Console.WriteLine(finding);
            isWell &= finding.IsOk;
        }

        return isWell ? 0 : 1;
    }

    private static async IAsyncEnumerable<Finding> FindAsync(string[] args, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var (builder, wrong) = Configured(args);
        if (builder is null)
        {
            yield return Finding.Fail(wrong);
            yield break;
        }

        var read = new SettingReader(builder.Configuration);
        var settings = BotSettings.Read(read, builder.Environment.IsDevelopment());
        foreach (var complaint in read.Complaints) yield return Finding.Fail(complaint.Message);
        if (read.Complaints.Count == 0) yield return Finding.Ok("Settings: all can be read.");

        // a part whose own settings are wrong would be looked for in the wrong place
        bool IsSet(string part) => !read.Complaints.Any(complaint => complaint.Key.StartsWith(part, StringComparison.Ordinal));
        if (IsSet("Playground:")) yield return Finding.Ok(settings.Playground ? "Playground: on, for this machine alone." : "Playground: off.");
        if (IsSet("Storage:"))
        {
            foreach (var finding in await StorageExamination.FindAsync(settings, TimeProvider.System.GetUtcNow(), cancel)) yield return finding;
        }

        if (IsSet("Slack:") && IsSet(BotSettings.PublicKey))
        {
            foreach (var finding in await SlackExamination.FindAsync(settings, TimeProvider.System, cancel)) yield return finding;
        }

        if (IsSet("Teams:") && IsSet(BotSettings.PublicKey))
        {
            foreach (var finding in await TeamsExamination.FindAsync(settings, NullLoggerFactory.Instance, cancel)) yield return finding;
        }

        if (settings.HolidaysAddress is { } holidays) yield return await HolidaysAsync(holidays, cancel);
        foreach (var finding in await GitAsync(settings, isSet: IsSet("Git:"), cancel)) yield return finding;
        if (!IsSet("OTEL_")) yield break;
        foreach (var collector in TelemetryRegistration.Collectors(builder.Configuration)) yield return await CollectorAsync(collector, cancel);
    }

    private static (WebApplicationBuilder? Builder, string Wrong) Configured(string[] args)
    {
        try
        {
            return (Configuring.Builder(args), "");
        }
        catch (SettingException cause)
        {
            return (null, cause.Message);
        }
    }

    private static async Task<IReadOnlyList<Finding>> GitAsync(BotSettings settings, bool isSet, CancellationToken cancel)
    {
        List<Finding> findings = [];
        var options = RepositoryOptions.Of(settings);
        foreach (var each in new[] { options, options.ForPrivate }.OfType<RepositoryOptions>())
        {
            try
            {
                using GitPlace place = new(each);
                if (findings.Count == 0) findings.Add(await InstalledAsync(place.Git, cancel));
                if (isSet) findings.Add(await RepositoryAsync(place, cancel));
                if (isSet && place.PullRequests is { } requests) findings.Add(await PullRequestsAsync(requests, each, cancel));
            }
            catch (SettingException cause)
            {
                findings.Add(Finding.Fail(cause.Message));
            }
        }

        return findings;
    }

    private static async Task<Finding> HolidaysAsync(Uri address, CancellationToken cancel)
    {
        try
        {
            var (_, days) = await OperatorRules.FetchAsync(address, TimeProvider.System.GetUtcNow(), cancel);
            return Finding.Ok($"{ReminderSettings.HolidaysKey}: {address.Host} has {days.Count} days, the last of them {days.Max():yyyy-MM-dd}.");
        }
        catch (IOException cause)
        {
            return Finding.Fail($"{ReminderSettings.HolidaysKey}: {cause.Message}; set it to the address of an iCalendar, or to a file.");
        }
    }

    private static async Task<Finding> PullRequestsAsync(PullRequests requests, RepositoryOptions options, CancellationToken cancel)
    {
        if (!requests.CanOpen) return Finding.Ok("Git:Mode: branches are pushed; people open the pull requests themselves, since there is no Git:Token.");
        try
        {
            var open = await requests.OpenOnesAsync(cancel);
            return Finding.Ok($"Git:Host: {options.Host} shows {open.Count} open pull requests to {options.Branch}.");
        }
        catch (RepositoryUnavailableException cause)
        {
            return Finding.Fail($"Git:Host: the pull requests of {options.Host} cannot be read ({cause.Message.TrimEnd('.')}); let the token read and write them, or set Git:HostApi to the API's address.");
        }
    }

    private static async Task<Finding> InstalledAsync(GitRepository git, CancellationToken cancel)
    {
        try
        {
            var version = await git.VersionAsync(cancel);
            return version >= GitRepository.LeastGit
                ? Finding.Ok($"Git: version {version}.")
                : Finding.Fail($"Git: version {version} is too old; install {GitRepository.LeastGit} or newer.");
        }
        catch (RepositoryUnavailableException)
        {
            return Finding.Fail("Git: it cannot be run; install it (https://git-scm.com), and see that it is on the PATH.");
        }
    }

    private static async Task<Finding> RepositoryAsync(GitPlace place, CancellationToken cancel)
    {
        var (git, options, key) = (place.Git, place.Options, place.Options.RemoteKey);
        try
        {
            var (isThere, reports) = await place.In(own: null).LookAsync(cancel);
            if (git.IsRemote) return Finding.Ok($"{key}: {options.Remote} can be read and written.");
            if (!FileAccessRights.MayWriteInto(git.Name)) return Finding.Fail($"{key}: {options.Remote} cannot be written; let this user write there, or set another path.");
            return Finding.Ok(isThere ? $"{key}: {options.Remote} can be read; {reports} reports on {options.Branch}." : $"{key}: {options.Remote} is made at the start.");
        }
        catch (SettingException cause)
        {
            return Finding.Fail(cause.Message);
        }
    }

    private static async Task<Finding> CollectorAsync((string Key, Uri Address) collector, CancellationToken cancel)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        ending.CancelAfter(Patience);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(collector.Address.IdnHost, collector.Address.Port, ending.Token);
            return Finding.Ok($"{collector.Key}: {collector.Address.IdnHost} listens on port {collector.Address.Port}.");
        }
        catch (Exception cause) when (cause is SocketException or OperationCanceledException)
        {
            return Finding.Fail($"{collector.Key}: nothing listens on {collector.Address.IdnHost} port {collector.Address.Port}; start the collector, or leave the variable away.");
        }
    }
}
