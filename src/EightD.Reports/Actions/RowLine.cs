namespace EightD.Reports.Actions;

/// <summary>A row typed as a person types it, without a table: <c>Create index @maria by tomorrow</c>, <c>@ana Lead, DevOps: overall</c>.</summary>
public static class RowLine
{
    /// <summary>
    /// Reads <c>WHAT @owner by DATE</c>: the owner is what stands after the last <c> @</c> that begins a word, up to <c> by </c> or the end (or a name
    /// of <paramref name="names"/>); owner and date may be missing, in either order. A <c>by …</c> that is no date belongs to the action
    /// unless an owner stands before it: then <see cref="ActionLine.Due"/> says what is unclear.
    /// </summary>
    public static ActionLine ReadAction(string line, DateOnly today, IReadOnlyCollection<string> names) => throw new NotImplementedException();

    /// <summary>Reads <c>@who ROLE[, DEPARTMENT[: RESPONSIBILITIES]]</c>; the <c>@</c> may be missing where the name is known; else the name is the first word.</summary>
    public static TeamMember ReadMember(string line, IReadOnlyCollection<string> names) => throw new NotImplementedException();
}

/// <summary>An action as typed.</summary>
/// <param name="What">What is to be done; may be empty.</param>
/// <param name="Owner">Without its <c>@</c>; empty where there is none.</param>
/// <param name="Due">The date; null where there is none.</param>
public sealed record ActionLine(string What, string Owner, DateReading? Due);
