namespace EightD.Incidents.Commands;

/// <summary>Every command: the parser, help and the manifests are made from this table.</summary>
public static class CommandTable
{
    /// <summary>The commands in the order in which help shows them.</summary>
    public static IReadOnlyList<CommandEntry> All { get; } =
    [
        Entry("start", "[TITLE] [--template NAME] [--severity SEV] [--supersedes N] [--from N] [--private]", Grammar.Start, "start Checkout is down --severity SEV1", "start --from 3"),
        Entry("status", "[--log]", Grammar.Status, "status", "status --log"),
        Entry("next", "", words => Grammar.Bare(words, new Deed.Next()), "next"),
        Entry("answer", "D4[.LABEL] [--replace] TEXT", Grammar.Answer, "answer D0.impact 40 % of payments fail", "answer D4.escape --replace Load test used 1,000 records"),
        Entry("edit", "D4", Grammar.Edit, "edit D4"),
        Entry("skip", "", words => Grammar.Bare(words, new Deed.Skip()), "skip"),
        Entry("back", "", words => Grammar.Bare(words, new Deed.Back()), "back"),
        Entry("stop", "", words => Grammar.Bare(words, new Deed.Stop()), "stop"),
        Entry("undo", "", words => Grammar.Bare(words, new Deed.Undo()), "undo"),
        Entry("team", "add @WHO ROLE[, DEPARTMENT[: RESPONSIBILITIES]] | remove @WHO [--erase]", Grammar.Team, "team add @maria Database Admin, Infrastructure: recovery", "team remove @maria", "team remove @maria --erase"),
        Entry("note", "TEXT", words => Grammar.Text(words, text => new Deed.Note(text)), "note Rolled back release 412"),
        Entry("contained", "[TIME]", words => new Deed.Contained(Grammar.OrNull(words)), "contained", "contained 14:35"),
        Entry("resolved", "[TIME | no]", Grammar.Resolved, "resolved", "resolved 15:00 UTC", "resolved no"),
        Entry("set", "title|severity|occurred|detected|contained|resolved VALUE", Grammar.Set, "set severity SEV2", "set occurred 2024-12-20 14:02"),
        Entry("action", "add WHAT @OWNER by DATE | done N [LINK] | due N DATE | assign N @WHO | drop N REASON | reopen N", Grammar.Action, "action add Create the index @maria by friday", "action done 3"),
        Entry("actions", "[mine|overdue|all]", Grammar.Actions, "actions", "actions mine"),
        Entry("assign", "D4 @WHO [by DATE]", Grammar.Assign, "assign D4 @maria", "assign D4 @maria by friday"),
        Entry("remind", "[snooze N 3d | off N | now | away [@WHO] until DATE]", Grammar.Remind, "remind", "remind snooze 2 3d", "remind now", "remind away until 2025-01-06"),
        Entry("temp", "N removed|adopted [WHEN OR WHAT]", Grammar.Temp, "temp 1 removed", "temp 2 removed 2025-01-10", "temp 1 adopted The longer timeout stays"),
        Entry("effect", "TEXT | failed REASON", Grammar.Effect, "effect No incident of this kind in 30 days", "effect failed It happened again on January 8"),
        Entry("check", "[all]", Grammar.Check, "check", "check all"),
        Entry("preview", "", words => Grammar.Bare(words, new Deed.Preview()), "preview"),
        Entry("publish", "", words => Grammar.Bare(words, new Deed.Publish()), "publish"),
        Entry("close", "[--anyway REASON]", Grammar.Close, "close", "close --anyway the supplier still owes us the figures"),
        Entry("reopen", "REASON", words => Grammar.Text(words, reason => new Deed.Reopen(reason)), "reopen It happened again"),
        Entry("cancel", "REASON", words => Grammar.Text(words, reason => new Deed.Cancel(reason)), "cancel False alarm"),
        Entry("return", "D4 REASON", Grammar.Return, "return D4 The cause is a person's name: what let it happen?"),
        Entry("link", "N [TYPE]", Grammar.Link, "link 1 Supersedes", "link 7"),
        Entry("list", "[open|all]", Grammar.List, "list", "list all"),
        Entry("show", "N", words => Grammar.Number(words, number => new Deed.Show(number)), "show 3"),
        Entry("search", "WORDS", words => Grammar.Text(words, text => new Deed.Search(text)), "search connection pool"),
        Entry("templates", "", words => Grammar.Bare(words, new Deed.Templates()), "templates"),
        Entry("settings", "[KEY VALUE]", Grammar.Settings, "settings", "settings timezone Europe/Berlin", "settings reminders at 08:30", "settings close lead"),
        Entry("help", "[COMMAND]", words => new Deed.Help(Grammar.OrNull(words)), "help", "help answer"),
    ];

    /// <summary>The command with this name, upper or lower case; null when there is none.</summary>
    internal static CommandEntry? Find(string name) => All.FirstOrDefault(entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The command whose name is nearest to what was typed.</summary>
    internal static CommandEntry Nearest(string typed) => All.MinBy(entry => Distance(entry.Name, typed.ToLowerInvariant()))!;

    private static CommandEntry Entry(string name, string usage, Func<string, Deed?> read, params IReadOnlyList<string> examples) =>
        new(name, $"{name} {usage}".Trim(), Texts.Get($"Command_{name}"), read, examples);

    /// <summary>How many letters must be added, dropped, changed or swapped with their neighbour.</summary>
    private static int Distance(string name, string typed)
    {
        if (typed.Length > 20) typed = typed[..20];
        var distance = new int[name.Length + 1, typed.Length + 1];
        for (var i = 0; i <= name.Length; i++) distance[i, 0] = i;
        for (var j = 0; j <= typed.Length; j++) distance[0, j] = j;
        for (var i = 1; i <= name.Length; i++)
        {
            for (var j = 1; j <= typed.Length; j++)
            {
                var change = name[i - 1] == typed[j - 1] ? 0 : 1;
                distance[i, j] = Math.Min(Math.Min(distance[i - 1, j] + 1, distance[i, j - 1] + 1), distance[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && name[i - 1] == typed[j - 2] && name[i - 2] == typed[j - 1])
                {
                    distance[i, j] = Math.Min(distance[i, j], distance[i - 2, j - 2] + 1);
                }
            }
        }

        return distance[name.Length, typed.Length];
    }
}

/// <summary>One command.</summary>
/// <param name="Name">Its first word.</param>
/// <param name="Usage">Its grammar: <c>answer D4[.LABEL] [--replace] TEXT</c>.</param>
/// <param name="Summary">One line.</param>
/// <param name="Read">Reads the words after the name; null when they do not fit.</param>
/// <param name="Examples">As typed, without <c>/8d</c>.</param>
public sealed record CommandEntry(string Name, string Usage, string Summary, Func<string, Deed?> Read, IReadOnlyList<string> Examples);
