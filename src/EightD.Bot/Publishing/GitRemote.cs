using System.Text;
using System.Text.RegularExpressions;
using EightD.Bot.Settings;

namespace EightD.Bot.Publishing;

/// <summary>
/// A repository on a server, and how git is to reach it: over https with a token, or over ssh with a key. What is secret goes to git in its environment,
/// never in an argument or an address, and to this server alone: it is not sent on where the server redirects.
/// </summary>
internal sealed partial class GitRemote
{
    /// <summary>What GitHub, GitLab, Azure DevOps and Gitea all take beside a token.</summary>
    private const string UsualUser = "x-access-token";

    private readonly IReadOnlyList<string> secrets;

    private GitRemote(string url, IReadOnlyList<string> secrets, IReadOnlyDictionary<string, string?> environment)
    {
        Url = url;
        this.secrets = secrets;
        Environment = environment;
    }

    /// <summary>Its address, which holds nothing secret.</summary>
    public string Url { get; }

    /// <summary>What git's environment needs to reach it.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; }

    /// <summary>The remote that an operator set; null where it is a path on this machine.</summary>
    /// <exception cref="SettingException">It is an address that is not used here.</exception>
    public static GitRemote? Of(RepositoryOptions options)
    {
        var remote = options.Remote;
        if (remote.StartsWith('-')) throw new SettingException(options.RemoteKey, $"`{remote}` is neither a path nor an address; write it like https://git.example.com/team/reports.git.");
        if (ScpAddress().IsMatch(remote)) return OverSsh(options);
        if (Program().IsMatch(remote)) throw NotUsed(options);
        if (!remote.Contains("://", StringComparison.Ordinal)) return null;
        return Uri.TryCreate(remote, UriKind.Absolute, out var address) ? Of(options, address) : throw NotUsed(options);
    }

    private static GitRemote Of(RepositoryOptions options, Uri address) => address switch
    {
        { Scheme: "ssh", Host.Length: > 0 } when !address.UserInfo.Contains(':', StringComparison.Ordinal) => OverSsh(options),
        { UserInfo.Length: > 0 } => throw new SettingException(options.RemoteKey, "it holds a user or a token, which would stand in logs; write the address without them, and set Git:Username and Git:Token."),
        { Scheme: "https", Host.Length: > 0 } => OverHttp(options, address),
        { Scheme: "http", IsLoopback: true } => OverHttp(options, address),
        { Scheme: "http" } => throw new SettingException(options.RemoteKey, "over http everybody on the way reads the token and the reports; write it with https."),
        { Scheme: "file" } => throw new SettingException(options.RemoteKey, "write the path alone, without file://."),
        _ => throw NotUsed(options),
    };

    private static SettingException NotUsed(RepositoryOptions options) => new(options.RemoteKey, "it is no address that can be used; write it like https://git.example.com/team/reports.git or git@git.example.com:team/reports.git, or set a path.");

    private static GitRemote OverHttp(RepositoryOptions options, Uri address)
    {
        List<(string Key, string Value)> settings = [.. Safe, ("http.followRedirects", "false"), ("http.lowSpeedLimit", "1"), ("http.lowSpeedTime", "20"), ("credential.helper", "")];
        if (options.Token is not { } token) return new(options.Remote, [], With(settings, "https:http"));
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Username ?? UsualUser}:{token}"));
        settings.Add(($"http.{address.GetLeftPart(UriPartial.Authority)}/.extraHeader", $"Authorization: Basic {credentials}"));
        return new(options.Remote, [credentials, token], With(settings, "https:http"));
    }

    private static GitRemote OverSsh(RepositoryOptions options)
    {
        var key = options.SshKeyFile is { } file ? $"-i {Quoted(Path.GetFullPath(file))} -o IdentitiesOnly=yes " : "";
        var hosts = options.KnownHostsFile is { } known ? $" -o UserKnownHostsFile={Quoted(Path.GetFullPath(known))} -o GlobalKnownHostsFile=/dev/null" : "";
        return new(options.Remote, [], new Dictionary<string, string?>(With(Safe, "ssh"), StringComparer.Ordinal)
        {
            ["GIT_SSH_COMMAND"] = $"ssh -F /dev/null {key}-o BatchMode=yes -o StrictHostKeyChecking=yes -o ConnectTimeout=15 -o ServerAliveInterval=10 -o ServerAliveCountMax=2{hosts}",
            ["GIT_SSH_VARIANT"] = "ssh",
        });
    }

    /// <summary>What a server says, without what is secret.</summary>
    public string Redacted(string said) => secrets.Aggregate(said, (text, secret) => text.Replace(secret, "***", StringComparison.Ordinal));

    /// <summary>Nothing that stands in a repository is run.</summary>
    public static IReadOnlyList<(string Key, string Value)> Safe { get; } = [("core.hooksPath", "/dev/null")];

    /// <summary>Settings as git reads them from its environment (git, "git-config": environment), and the only protocols that it may speak.</summary>
    public static IReadOnlyDictionary<string, string?> With(IReadOnlyList<(string Key, string Value)> settings, string protocols)
    {
        Dictionary<string, string?> environment = new(StringComparer.Ordinal) { ["GIT_CONFIG_COUNT"] = $"{settings.Count}", ["GIT_ALLOW_PROTOCOL"] = protocols };
        foreach (var (at, (key, value)) in settings.Index()) (environment[$"GIT_CONFIG_KEY_{at}"], environment[$"GIT_CONFIG_VALUE_{at}"]) = (key, value);
        return environment;
    }

    private static string Quoted(string path) => $"'{path.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    /// <summary>An address that git hands to another program.</summary>
    [GeneratedRegex("^[A-Za-z0-9+.-]+::", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Program();

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9._-]*@[A-Za-z0-9][A-Za-z0-9.-]*:", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ScpAddress();
}
