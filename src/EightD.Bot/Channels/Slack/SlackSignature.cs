using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EightD.Bot.Channels.Slack;

/// <summary>Slack's signature of a request (Slack, "Verifying requests from Slack", v0).</summary>
internal static class SlackSignature
{
    public const string TimeHeader = "X-Slack-Request-Timestamp", SignatureHeader = "X-Slack-Signature";

    /// <summary>How many seconds a request may be older or younger than now.</summary>
    public const int MostSeconds = 300;
    private const string Version = "v0=";

    /// <summary>Whether Slack signed these bytes within five minutes of now.</summary>
    /// <param name="secret">The signing secret.</param>
    /// <param name="body">The body as it came.</param>
    /// <param name="sentAt">The header with the time, Unix seconds; null where it is missing or there are several.</param>
    /// <param name="signature">The header with the signature; null where it is missing or there are several.</param>
    /// <param name="now">The time.</param>
    public static bool Verifies(string secret, ReadOnlySpan<byte> body, string? sentAt, string? signature, DateTimeOffset now)
    {
        if (signature is null || !signature.StartsWith(Version, StringComparison.Ordinal)) return false;
        if (!long.TryParse(sentAt, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return false;
        var age = (decimal)now.ToUnixTimeSeconds() - seconds;
        if (age is < -MostSeconds or > MostSeconds) return false;

        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.ASCII.GetBytes($"v0:{sentAt}:"));
        hash.AppendData(body);
        var expected = Version + Convert.ToHexStringLower(hash.GetHashAndReset());
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.UTF8.GetBytes(signature));
    }
}
