using System.Globalization;
using EightD.Incidents.Reminders;

namespace EightD.Incidents.Looking;

/// <summary>What a workspace decided for all its 8Ds.</summary>
internal static class Workspace
{
    private static readonly string[] Rules = ["at", "days", "before", "daily", "lead", "channel", "stale"];

    internal static Decision Settings(Scene scene, Deed.Settings asked)
    {
        if (asked.Key is not { } key) return scene.Answer(Shown(scene));
        if (asked.Value is not { } value) return scene.Answer(Texts.Get("SettingsUsage", Shown(scene)));

        var (changed, why) = Changed(scene, key, value);
        if (changed is null) return scene.Answer(why!);
        var after = scene with { Facts = scene.Facts with { Settings = changed, Rules = scene.Facts.Usual.For(changed) } };
        return new(scene.Found, [scene.Tell(Texts.Get("SettingChanged", Shown(after)))], Settings: changed);
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
            case "reminders":
                return Reminders(scene, value);
            default:
                return (null, Texts.Get("UnknownSetting", key, Shown(scene)));
        }
    }

    /// <summary><c>settings reminders at 08:30</c>: one of the rules of reminders.</summary>
    private static (WorkspaceSettings? Settings, string? Why) Reminders(Scene scene, string words)
    {
        var chosen = scene.Facts.Settings.Reminders ?? new();
        var (name, value) = Commands.CommandLine.Split(words);
        var rule = name.ToLowerInvariant();
        if (rule == "usual" && value.Length == 0) return (scene.Facts.Settings with { Reminders = null }, null);
        if (!Rules.Contains(rule, StringComparer.Ordinal)) return (null, Texts.Get("RemindersUsage", Shown(scene)));
        ReminderChoices? after = (rule, ReminderChoices.ReadCount(value)) switch
        {
            ("at", _) => ReminderChoices.ReadHour(value) is { } at ? chosen with { At = at } : null,
            ("days", _) => WorkCalendar.ReadDays(value, out _) is not null ? chosen with { Days = value } : null,
            ("before", { } count) => chosen with { Before = count },
            ("daily", { } count) => chosen with { Daily = count },
            ("lead", { } count) => chosen with { Lead = count },
            ("channel", { } count) => chosen with { Channel = count },
            ("stale", { } count) => chosen with { Stale = count },
            _ => null,
        };
        return after is null ? (null, Texts.Get("RemindersWrong", rule, value)) : (scene.Facts.Settings with { Reminders = after }, null);
    }

    private static string Shown(Scene scene)
    {
        var (settings, rules) = (scene.Facts.Settings, scene.Facts.Rules);
        return Texts.Get("SettingsShown", settings.TimeZone, settings.Template, settings.Close.ToString().ToLower(CultureInfo.InvariantCulture),
            rules.At.ToString("HH:mm", CultureInfo.InvariantCulture), rules.Calendar.SayDays(), rules.Before, rules.Daily, rules.Lead, rules.Channel, rules.Stale);
    }
}
