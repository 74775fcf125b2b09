using System.Globalization;

namespace EightD.Bot.Settings;

/// <summary>Reads settings one by one. What is wrong becomes a complaint, and the usual value is read instead: so all complaints are found at once.</summary>
internal sealed class SettingReader(IConfiguration configuration)
{
    private const string LogLevels = "Logging:LogLevel";

    private readonly List<SettingException> complaints = [];

    /// <summary>What is wrong, in the order in which it was read.</summary>
    public IReadOnlyList<SettingException> Complaints => complaints;

    /// <summary>A setting is wrong.</summary>
    /// <param name="key">The setting.</param>
    /// <param name="complaint">What is wrong and what mends it, without a secret value.</param>
    public void Complain(string key, string complaint) => complaints.Add(new(key, complaint));

    /// <summary>A setting without blanks at its ends; null where it is absent or blank.</summary>
    public string? Text(string key) => configuration[key] is { } text && text.Trim().Length > 0 ? text.Trim() : null;

    /// <summary>Whether a setting is there and says nothing.</summary>
    public bool IsBlank(string key) => configuration[key] is { } text && text.Trim().Length == 0;

    /// <summary>The settings one level below a key.</summary>
    public IEnumerable<IConfigurationSection> Below(string key) => configuration.GetSection(key).GetChildren();

    /// <summary>One of the names of an enumeration, in any case of letters.</summary>
    public T OneOf<T>(string key, T usual)
        where T : struct, Enum
    {
        if (Text(key) is not { } text) return usual;
        if (Array.Find(Enum.GetNames<T>(), name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known) return Enum.Parse<T>(known);
        Complain(key, $"`{text}` is not known here; set it to {string.Join(" or ", Enum.GetNames<T>())}, or leave it away.");
        return usual;
    }

    /// <summary>A duration as .NET writes it.</summary>
    /// <param name="key">The setting.</param>
    /// <param name="usual">What holds without it.</param>
    /// <param name="least">The shortest allowed.</param>
    /// <param name="most">The longest allowed.</param>
    /// <param name="wanted">The bounds in words.</param>
    public TimeSpan Duration(string key, TimeSpan usual, TimeSpan least, TimeSpan most, string wanted)
    {
        if (Text(key) is not { } text) return usual;
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var read) && read >= least && read <= most) return read;
        Complain(key, $"`{text}` is not {wanted}; write it like {usual:c}.");
        return usual;
    }

    /// <summary>True or false.</summary>
    public bool Switch(string key, bool usual)
    {
        if (Text(key) is not { } text) return usual;
        if (bool.TryParse(text, out var read)) return read;
        Complain(key, $"`{text}` is neither true nor false; write one of them.");
        return usual;
    }

    /// <summary>An https address, with a slash at its end; http where it is this machine's own. Null where it is absent.</summary>
    /// <param name="key">The setting.</param>
    /// <param name="like">How one is written.</param>
    public Uri? Address(string key, string like)
    {
        if (Text(key) is not { } text) return null;
        if (Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address is { Query: "", Fragment: "", UserInfo: "" }
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))) return address;
        Complain(key, $"`{text}` is no https address; leave it away, or write it like {like}.");
        return null;
    }

    /// <summary>A file that is there; null where the setting is absent.</summary>
    /// <param name="key">The setting.</param>
    /// <param name="wanted">What it is.</param>
    public string? File(string key, string wanted)
    {
        if (Text(key) is not { } text) return null;
        if (System.IO.File.Exists(text)) return text;
        Complain(key, $"there is no file {text}; set it to {wanted}, or leave it away.");
        return null;
    }

    /// <summary>A name or an address that git takes for a committer.</summary>
    public string Identity(string key, string usual)
    {
        if (Text(key) is not { } text) return usual;
        if (text.Any(char.IsLetterOrDigit) && !text.Any(letter => letter is '<' or '>' || char.IsControl(letter))) return text;
        Complain(key, $"it needs a letter or digit, and no `<`, `>` or line end, to stand in a commit; write it like {usual}.");
        return usual;
    }

    /// <summary>The levels of the log, which the host would refuse with a stack trace.</summary>
    public void CheckLogLevels()
    {
        foreach (var level in Below(LogLevels))
        {
            if (Text(level.Path) is { } text && !Enum.TryParse<LogLevel>(text, ignoreCase: true, out _))
            {
                Complain(level.Path, $"`{text}` is no level of a log; write one of {string.Join(", ", Enum.GetNames<LogLevel>())}.");
            }
        }
    }
}
