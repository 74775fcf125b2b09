namespace EightD.Reports.Checking;

/// <summary>One thing that makes a good 8D. A new one is a file in <c>Rules/</c> and a line in <see cref="Check.Rules"/>.</summary>
/// <param name="id">Its discipline, a dot, and what is wrong, in lower case with hyphens.</param>
/// <param name="severity">How bad it usually is.</param>
/// <param name="what">What it finds: one sentence.</param>
/// <param name="why">Why it matters: one sentence of the method.</param>
/// <param name="source">Where the method says so.</param>
/// <param name="mend">What mends it: the command, or the text.</param>
public abstract class Rule(string id, Severity severity, string what, string why, string source, string mend)
{
    /// <summary>For example <c>D4.escape-point-missing</c>.</summary>
    public string Id => id;

    /// <summary><c>D0</c> to <c>D8</c>: it speaks once that discipline has an answer, or the report is completed.</summary>
    public string Discipline => id[..2];

    /// <summary>Whether it looks through the whole report: its findings are the discipline's in which they stand.</summary>
    public virtual bool IsAnywhere => false;

    /// <summary>How bad it usually is.</summary>
    public Severity Severity => severity;

    /// <summary>What it finds.</summary>
    public string What => what;

    /// <summary>Why it matters.</summary>
    public string Why => why;

    /// <summary>Where the method says so.</summary>
    public string Source => source;

    /// <summary>What mends it.</summary>
    public string Mend => mend;

    /// <summary>Where a report breaks it. Any text may be in the report; never throws.</summary>
    internal abstract IEnumerable<Spot> Find(CheckedReport report);
}

/// <summary>A place that breaks a rule.</summary>
/// <param name="Line">Its 1-based line.</param>
/// <param name="What">What is wrong there, one sentence.</param>
/// <param name="Severity">How bad it is here; null: as bad as usual.</param>
internal readonly record struct Spot(int Line, string What, Severity? Severity = null);
