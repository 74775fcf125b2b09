using System.Text.RegularExpressions;

namespace EightD.Bot.Settings;

/// <summary>Where a repository is on a host, as its address says over https or ssh.</summary>
/// <param name="Host">The host's https address, with a slash at its end; http where it is this machine.</param>
/// <param name="Path">The repository's path there, without a slash at its ends and without <c>.git</c>: <c>team/reports</c>.</param>
internal sealed partial record RepositoryAddress(Uri Host, string Path)
{
    /// <summary>The address of a remote; null where it is a path on this machine.</summary>
    public static RepositoryAddress? Of(string remote)
    {
        if (ScpAddress().Match(remote) is { Success: true } scp) return Of($"ssh://{scp.Groups["host"].Value}/{scp.Groups["path"].Value}");
        if (!remote.Contains("://", StringComparison.Ordinal) || !Uri.TryCreate(remote, UriKind.Absolute, out var address) || address.Host.Length == 0) return null;
        var path = Uri.UnescapeDataString(address.AbsolutePath).Trim('/');
        var host = address.Scheme == "ssh" ? new Uri($"https://{address.Host}/") : new Uri($"{address.GetLeftPart(UriPartial.Authority)}/");
        return path.Length == 0 ? null : new(host, path.EndsWith(".git", StringComparison.Ordinal) ? path[..^4] : path);
    }

    [GeneratedRegex(@"^([A-Za-z0-9_][A-Za-z0-9._-]*@)(?<host>[A-Za-z0-9][A-Za-z0-9.-]*):(?<path>[^/].*)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ScpAddress();
}
