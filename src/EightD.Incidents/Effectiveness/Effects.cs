using EightD.Incidents.Answering;
using EightD.Incidents.Closing;
using EightD.Reports.Effectiveness;

namespace EightD.Incidents.Effectiveness;

/// <summary>The effect of the corrective actions, as measured: into D8. Where they did not do what they should, the cause is looked for again.</summary>
internal static class Effects
{
    private const string Command = "effect";

    internal static Decision Take(Scene scene, string text, bool failed)
    {
        var part = EffectCheck.PartOf(scene.Report);
        var (parts, why) = Answers.Read(scene, part, failed ? Texts.Get("NotEffective", Zoned.Write(scene.Today), text) : text);
        if (parts is null) return scene.Refuse(why!);
        var (after, changes) = Answers.Make(scene, scene.Incident, parts, ChangeKind.Added, scene.Turn.Message);
        after = after with { EffectOn = scene.Today };
        return failed && scene.Template.Section("D4") is not null ? Returning.AfterEffect(scene, after, changes, text) : Answers.Written(scene, after, changes, Command);
    }

    /// <summary>An 8D of which an entry of the log is taken back: where that told the effect, it is to be told again.</summary>
    internal static Incident TakenBack(Incident incident, LogEntry entry) => entry.What.StartsWith(Command, StringComparison.Ordinal) ? incident with { EffectOn = null } : incident;
}
