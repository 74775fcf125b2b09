namespace EightD.Reports.Checking;

/// <summary>What the check found.</summary>
/// <param name="Rule">Which rule: its id, for example <c>D4.escape-point-missing</c>.</param>
/// <param name="Discipline"><c>D0</c> to <c>D8</c>.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Line">The 1-based line that it is about.</param>
/// <param name="Quote">The beginning of that line, at most 80 characters.</param>
/// <param name="What">What is wrong, one sentence.</param>
/// <param name="Why">Why it matters, one sentence of the method, with its source.</param>
/// <param name="Mend">What mends it.</param>
public sealed record Finding(string Rule, string Discipline, Severity Severity, int Line, string Quote, string What, string Why, string Mend);

/// <summary>How bad a finding is.</summary>
public enum Severity
{
    /// <summary>Worth a thought; never a reason to fail.</summary>
    Hint,

    /// <summary>A reader will ask about it.</summary>
    Warning,

    /// <summary>A reader will refuse the report for it.</summary>
    Error,
}
