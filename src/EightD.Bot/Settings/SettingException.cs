namespace EightD.Bot.Settings;

/// <summary>A setting with which the bot cannot start. The message is what the operator reads: <c>Key: what is wrong, what to do</c>.</summary>
internal sealed class SettingException : Exception
{
    /// <param name="key">The setting, for example <c>Storage:Path</c>.</param>
    /// <param name="complaint">What is wrong and what mends it, in one sentence without a secret value.</param>
    /// <param name="cause">What the system said; null when nothing did.</param>
    public SettingException(string key, string complaint, Exception? cause = null)
        : base($"{key}: {complaint.ReplaceLineEndings(" ")}", cause) => Key = key;

    /// <summary>The setting.</summary>
    public string Key { get; }
}
