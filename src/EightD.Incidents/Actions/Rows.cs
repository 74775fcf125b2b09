using System.Globalization;
using EightD.Incidents.Answering;
using EightD.Reports;
using EightD.Reports.Actions;

namespace EightD.Incidents.Actions;

/// <summary>The rows of D6: the corrective actions. Each confirmation repeats the row's text and owner.</summary>
internal static class Rows
{
    /// <summary>A row with its own number and its place in the table.</summary>
    internal sealed record NumberedAction(int Number, int Index, ActionRow Row, bool IsOverdue)
    {
        internal bool IsOpen => Row.IsOpen;

        /// <summary><c>3: Create the index – Maria, Dec 21, 2024, Open</c>.</summary>
        internal string Say() => Texts.Get(IsOpen && IsOverdue ? "RowOverdue" : "RowLine", Number, Row.Action,
            Row.Owner.Length > 0 ? Row.Owner : Texts.Get("NoOwner"), Row.DueText.Length > 0 ? Row.DueText : Texts.Get("NoDate"),
            Row.StatusText.Length > 0 ? Row.StatusText : Texts.Get("RowOpen"));
    }

    /// <summary>All rows.</summary>
    internal static IReadOnlyList<NumberedAction> Of(Scene scene) => Of(scene.Incident, scene.Today);

    /// <summary>All rows, seen from a day.</summary>
    internal static IReadOnlyList<NumberedAction> Of(Incident incident, DateOnly today)
    {
        var rows = ActionTable.Of(incident.Report).Rows;
        var numbers = incident.ActionNumbers.After(rows);
        return [.. rows.Select((row, index) => new NumberedAction(numbers.Rows[index].Number, index, row, row.Due < today))];
    }

    /// <summary>The row with that number; null when there is none.</summary>
    internal static NumberedAction? Find(Scene scene, int number) => Of(scene).FirstOrDefault(row => row.Number == number);

    internal static Decision List(Scene scene, ActionsWanted wanted)
    {
        var rows = Of(scene).Where(row => wanted switch
        {
            ActionsWanted.All => true,
            ActionsWanted.Overdue => row.IsOpen && row.IsOverdue,
            _ => row.IsOpen,
        }).Select(row => "- " + row.Say()).ToList();
        return scene.Answer(rows.Count == 0 ? Texts.Get("NoActions") : $"{Texts.Get("ActionsOf", scene.Incident.Name)}\n\n{string.Join('\n', rows)}");
    }

    internal static Decision Add(Scene scene, string text)
    {
        if (text.Length > Bounds.Answer) return scene.Refuse(Texts.Get("TooLongAnswer"));
        var line = RowLine.ReadAction(text.ReplaceLineEndings(" "), scene.Today, scene.Names);
        if (line.What.Length == 0) return scene.Refuse(Texts.Get("ActionWhat"));
        if (line.Due is not (null or DateReading.Certain)) return scene.Refuse(Dates.Ask(line.Due));

        var due = (line.Due as DateReading.Certain)?.Date;
        var owner = Spelt(scene, line.Owner);
        var report = ActionTable.Of(scene.Report).WithRow(line.What, owner, due, Texts.Get("RowOpen"));
        return Changed(scene, report, "RowAdded", row => row.Number > scene.Incident.ActionNumbers.Last, due);
    }

    internal static Decision Done(Scene scene, int number, string? link) => OnRow(scene, number, (table, row) =>
    {
        var report = row.Row.Status == ActionStatus.Completed ? scene.Report : table.WithStatus(row.Index, Status.Completed);
        return (link is null ? report : ActionTable.Of(report).WithNote(row.Index, link.ReplaceLineEndings(" ")), "RowDone", null);
    });

    internal static Decision Due(Scene scene, int number, string date) => DateReading.Read(date, scene.Today) switch
    {
        DateReading.Certain certain => OnRow(scene, number, (table, row) => (table.WithDue(row.Index, certain.Date), "RowDue", certain.Date)),
        var unclear => scene.Refuse(Dates.Ask(unclear)),
    };

    internal static Decision Assign(Scene scene, int number, string owner) => owner.Length == 0
        ? scene.Refuse(Texts.Get("WhoOwns"))
        : OnRow(scene, number, (table, row) => (table.WithOwner(row.Index, Spelt(scene, owner)), "RowAssigned", null));

    internal static Decision Drop(Scene scene, int number, string reason) => OnRow(scene, number, (table, row) =>
        (ActionTable.Of(table.WithStatus(row.Index, Texts.Get("Dropped"))).WithNote(row.Index, $"({reason.ReplaceLineEndings(" ")})"), "RowDropped", null));

    internal static Decision Reopen(Scene scene, int number) => OnRow(scene, number, (table, row) =>
        (table.WithStatus(row.Index, Texts.Get("RowOpen")), "RowReopened", null));

    /// <summary>The form that asks for a row's owner and date.</summary>
    internal static Decision FromForm(Scene scene, int number, string owner, string due)
    {
        if (Find(scene, number) is not { } row) return scene.RefuseForm(("owner", Texts.Get("NoRow", number)));
        var report = scene.Report;
        if (due.Length > 0 && due != row.Row.DueText)
        {
            if (DateReading.Read(due, scene.Today) is not DateReading.Certain certain) return scene.RefuseForm(("due", Dates.Ask(DateReading.Read(due, scene.Today))));
            report = ActionTable.Of(report).WithDue(row.Index, certain.Date);
        }

        if (owner.Length > 0) report = ActionTable.Of(report).WithOwner(row.Index, Spelt(scene, owner.TrimStart('@')));
        return Changed(scene, report, "RowFilled", each => each.Index == row.Index, ActionTable.Of(report).Rows[row.Index].Due);
    }

    private static Decision OnRow(Scene scene, int number, Func<ActionTable, NumberedAction, (Report Report, string Said, DateOnly? Due)> change)
    {
        if (Find(scene, number) is not { } row)
        {
            return scene.Refuse(Texts.Get("NoRowList", number, string.Join(", ", Of(scene).Select(each => each.Number.ToString(CultureInfo.InvariantCulture)).DefaultIfEmpty("–"))));
        }

        var (report, said, due) = change(ActionTable.Of(scene.Report), row);
        return Changed(scene, report, said, each => each.Index == row.Index, due);
    }

    /// <summary>Logs the table's change as one of its part, so that it can be undone; and says what the row is now.</summary>
    private static Decision Changed(Scene scene, Report report, string said, Func<NumberedAction, bool> which, DateOnly? due)
    {
        var after = scene.Incident with { Report = report };
        var row = Of(after, scene.Today).LastOrDefault(which);
        var text = Texts.Get(said, row?.Say() ?? "") + (due is { } day ? $" {Texts.Get("DueOn", Zoned.Write(day))}" : "");
        var entry = (scene.Incident.Log.Last + 1).ToString(CultureInfo.InvariantCulture);
        List<Effect> effects = [scene.Tell(text, new(Texts.Get("ActionTitle", row?.Number), [], text, [new("undo", entry, Texts.Get("ButtonUndo"))]))];
        var changes = TableChange.Between(scene.Report, report, "D6");
        return scene.Done(after, effects.Concat(Answers.Missing(scene, after, changes)), changes: changes);
    }

    /// <summary>An owner's name as the conversation knows it.</summary>
    private static string Spelt(Scene scene, string owner) =>
        scene.Incident.People.Concat(scene.Turn.Mentioned ?? []).FirstOrDefault(person => person.IsCalled(owner))?.Name
        ?? scene.Names.FirstOrDefault(name => name.Equals(owner, StringComparison.OrdinalIgnoreCase)) ?? owner;
}
