namespace EightD.Reports.Reading;

/// <summary>The columns of D1 and D6 by the names that teams give them.</summary>
internal static class ColumnName
{
    private static readonly string[][] Synonyms =
    [
        ["action", "actions", "corrective action", "task", "measure", "what", "description", "maßnahme", "maßnahmen", "aufgabe"],
        ["responsible", "owner", "who", "assignee", "assigned to", "responsible person", "verantwortlich", "verantwortlicher", "zuständig", "wer"],
        ["target date", "due", "due date", "date", "deadline", "by", "when", "target", "termin", "fällig", "zieltermin", "bis"],
        ["status", "state", "progress", "done"],
        ["name", "member", "team member", "person", "mitglied"],
        ["role", "function", "position", "rolle", "funktion"],
        ["department", "team", "area", "unit", "abteilung", "bereich"],
        ["responsibilities", "responsibility", "tasks", "duties", "aufgaben"],
    ];

    /// <summary>The column of that name, or of one that means the same; -1 when there is none.</summary>
    public static int Find(IReadOnlyList<string> columns, string name)
    {
        var wanted = Plain(name);
        var meaning = Array.Find(Synonyms, names => names.Contains(wanted));
        var (same, like) = (-1, -1);
        for (var i = 0; i < columns.Count; i++)
        {
            var column = Plain(columns[i]);
            if (same < 0 && column == wanted) same = i;
            if (like < 0 && meaning?.Contains(column) is true) like = i;
        }

        return same >= 0 ? same : like;
    }

    /// <summary>A name without what decorates it, in lower case.</summary>
    public static string Plain(string name) => name.Trim(' ', '*', '_', '`', ':').ToLowerInvariant();
}
