namespace EightD.Incidents;

/// <summary>Decides what follows from a turn.</summary>
public static partial class Deciding
{
    /// <summary>What follows from a turn. Pure: no I/O, no clock, no randomness; the same input gives the same result.</summary>
    /// <param name="incident">The conversation's 8D: the open one, else the latest; null when there is none.</param>
    /// <param name="turn">What a person did.</param>
    /// <param name="facts">What the turn needs from outside.</param>
    /// <param name="now">The time, in UTC.</param>
    public static Decision Decide(Incident? incident, Turn turn, Facts facts, DateTimeOffset now) => throw new NotImplementedException();
}
