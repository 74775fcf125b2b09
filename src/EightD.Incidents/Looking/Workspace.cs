using System.Globalization;

namespace EightD.Incidents.Looking;

/// <summary>What a workspace decided for all its 8Ds.</summary>
internal static class Workspace
{
    internal static Decision Settings(Scene scene, Deed.Settings asked)
    {
        var settings = scene.Facts.Settings;
        if (asked.Key is not { } key) return scene.Answer(Shown(settings));
        if (asked.Value is not { } value) return scene.Answer(Texts.Get("SettingsUsage", Shown(settings)));

        var (changed, why) = Changed(scene, key, value);
        return changed is null ? scene.Answer(why!) : new(scene.Found, [scene.Tell(Texts.Get("SettingChanged", Shown(changed)))], Settings: changed);
    }

    /// <summary>The settings with one changed; or why it cannot be.</summary>
    private static (WorkspaceSettings? Settings, string? Why) Changed(Scene scene, string key, string value)
    {
        var settings = scene.Facts.Settings;
        switch (key.ToLowerInvariant())
        {
            case "timezone":
                return Zoned.Knows(value) ? (settings with { TimeZone = value }, null) : (null, Texts.Get("UnknownZone", value));
            case "template":
                var template = scene.Facts.Templates.FirstOrDefault(each => each.Name.Equals(value, StringComparison.OrdinalIgnoreCase));
                return template is not null
                    ? (settings with { Template = template.Name }, null)
                    : (null, Texts.Get("UnknownTemplate", value, string.Join(", ", scene.Facts.Templates.Select(each => $"`{each.Name}`"))));
            case "close":
                return value.All(char.IsAsciiLetter) && Enum.TryParse<MayClose>(value, ignoreCase: true, out var who)
                    ? (settings with { Close = who }, null)
                    : (null, Texts.Get("UnknownMayClose", value));
            default:
                return (null, Texts.Get("UnknownSetting", key, Shown(settings)));
        }
    }

    private static string Shown(WorkspaceSettings settings) =>
        Texts.Get("SettingsShown", settings.TimeZone, settings.Template, settings.Close.ToString().ToLower(CultureInfo.InvariantCulture));
}
