namespace EightD.Reports.Actions;

/// <summary>A date as a person wrote it: read for certain, or a question to ask. Never a guess.</summary>
public abstract record DateReading
{
    private DateReading() { }

    /// <summary>The date.</summary>
    /// <param name="Date">In the calendar of the conversation's time zone.</param>
    public sealed record Certain(DateOnly Date) : DateReading;

    /// <summary>Day or month first? (<c>03/04/2025</c>)</summary>
    /// <param name="Text">As typed.</param>
    public sealed record DayOrMonthFirst(string Text) : DateReading;

    /// <summary>There is no such day (<c>February 30</c>).</summary>
    /// <param name="Text">As typed.</param>
    public sealed record NoSuchDay(string Text) : DateReading;

    /// <summary>Not a date that is known here (<c>soon</c>).</summary>
    /// <param name="Text">As typed.</param>
    public sealed record Unreadable(string Text) : DateReading;

    /// <summary>
    /// Reads <c>2024-12-30</c>, <c>Dec 30</c>, <c>30 December 2024</c>, <c>30.12.2024</c>, <c>30.12.</c>, <c>today</c>, <c>tomorrow</c>,
    /// <c>friday</c>, <c>next friday</c>, <c>in 2 weeks</c>, <c>in 3 days</c>, <c>EOW</c>, <c>EOM</c>, upper or lower case.
    /// </summary>
    /// <param name="text">As typed.</param>
    /// <param name="today">The day on which it was typed; a date without a year is the first on or after it.</param>
    public static DateReading Read(string text, DateOnly today) => throw new NotImplementedException();
}
