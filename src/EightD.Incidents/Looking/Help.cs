using EightD.Incidents.Commands;

namespace EightD.Incidents.Looking;

/// <summary>Help, to the person who asked.</summary>
internal static class Help
{
    internal static Decision Show(Scene scene, string? name)
    {
        if (name is null)
        {
            var lines = CommandTable.All.Select(entry => $"- `/8d {entry.Usage}` – {entry.Summary}");
            return scene.Answer($"{Texts.Get("HelpIntro")}\n\n{string.Join('\n', lines)}\n\n{Texts.Get("HelpEnd")}");
        }

        return CommandTable.Find(name) is { } command ? scene.Answer(One(command)) : Nearest(scene, name);
    }

    internal static Decision Nearest(Scene scene, string typed) =>
        scene.Answer(Texts.Get("UnknownCommand", typed.Length > 40 ? typed[..40] : typed, CommandTable.Nearest(typed).Usage));

    internal static Decision Usage(Scene scene, string name) => scene.Answer($"{Texts.Get("Misused", name)}\n\n{One(CommandTable.Find(name)!)}");

    private static string One(CommandEntry command) =>
        $"`/8d {command.Usage}` – {command.Summary}\n\n{Texts.Get("ForExample")}\n\n{string.Join('\n', command.Examples.Select(example => $"- `/8d {example}`"))}";
}
