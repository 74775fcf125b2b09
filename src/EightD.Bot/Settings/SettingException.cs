namespace EightD.Bot.Settings;

/// <summary>A setting with which the bot cannot start. The message is what the operator reads: <c>Key: what is wrong, what to do</c>.</summary>
internal sealed class SettingException : Exception
{
    private const int MostLines = 3;

    /// <param name="key">The setting, for example <c>Storage:Path</c>.</param>
    /// <param name="complaint">What is wrong and what mends it, in one sentence without a secret value.</param>
    /// <param name="cause">What the system said; null when nothing did.</param>
    public SettingException(string key, string complaint, Exception? cause = null)
        : base($"{key}: {complaint.ReplaceLineEndings(" ")}", cause) => Key = key;

    private SettingException(string key, IEnumerable<string> lines)
        : base(string.Join('\n', lines)) => Key = key;

    /// <summary>The setting; the first of several.</summary>
    public string Key { get; }

    /// <summary>Several settings are wrong: a line each, as many as an operator reads at once.</summary>
    public static SettingException Of(IReadOnlyList<SettingException> several) =>
        several is [var one] ? one : new(several[0].Key, several.Take(MostLines).Select(each => each.Message));
}
