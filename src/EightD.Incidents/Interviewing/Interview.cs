using System.Collections.Immutable;
using EightD.Reports;

namespace EightD.Incidents.Interviewing;

/// <summary>Where the questions stand.</summary>
public sealed record Interview
{
    /// <summary>Whose replies in the thread are answers.</summary>
    public required Person Holder { get; init; }

    /// <summary>Which questions come by themselves.</summary>
    public AskingMode Asking { get; init; }

    /// <summary>The question that stands; null when none does.</summary>
    public PartName? Open { get; init; }

    /// <summary>The key of its message.</summary>
    public string? Message { get; init; }

    /// <summary>When it was asked.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>When the next question is asked; null when none is waiting.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>The latest questions that stood before, newest last, at most ten: a reply that crossed with the next question answers the one that stood when it was sent.</summary>
    public ImmutableList<PastQuestion> Past { get; init; } = [];

    /// <summary>The questions asked so far, newest last, for <c>back</c>; at most 50.</summary>
    public ImmutableList<PartName> Asked { get; init; } = [];

    /// <summary>Left for later.</summary>
    public ImmutableList<PartName> Skipped { get; init; } = [];

    /// <summary>Said not to apply.</summary>
    public ImmutableList<PartName> NotApplicable { get; init; } = [];

    /// <summary>The disciplines that somebody refused, until something of them changes.</summary>
    public ImmutableList<Returned> Returned
    {
        get => field ?? [];
        init;
    } = [];

    /// <summary>Who was offered to file a reply since this question was asked.</summary>
    public ImmutableList<string> Offered { get; init; } = [];

    /// <summary>The replies that were offered: kept until they are filed, dismissed, or pushed out by ten newer ones.</summary>
    public ImmutableList<Offer> Offers { get; init; } = [];
}

/// <summary>A discipline that somebody refused: its first question is open again.</summary>
/// <param name="Section">Which.</param>
/// <param name="Reason">Why, in their own words.</param>
/// <param name="By">Who.</param>
public sealed record Returned(string Section, string Reason, Person By);

/// <summary>A question that stood.</summary>
/// <param name="Part">What was asked.</param>
/// <param name="AskedAt">From when on.</param>
/// <param name="Entry">The log entry of its answer; null where it was left.</param>
public sealed record PastQuestion(PartName Part, DateTimeOffset AskedAt, long? Entry);

/// <summary>Which questions come by themselves.</summary>
public enum AskingMode
{
    /// <summary>The three that matter while it burns.</summary>
    FirstThree,

    /// <summary>None until somebody asks for the next.</summary>
    Nothing,

    /// <summary>D0 to D3, and what belongs to no discipline's second half, until the incident is resolved; all from then on.</summary>
    FirstHalf,

    /// <summary>All that are open, whatever the incident's state: somebody runs ahead.</summary>
    All,
}

/// <summary>A reply that was no answer, and whose author was asked where it belongs.</summary>
/// <param name="Message">The reply's id.</param>
/// <param name="By">Its author.</param>
/// <param name="Text">What it says.</param>
/// <param name="Part">The question that stood.</param>
/// <param name="SentAt">When it was sent.</param>
public sealed record Offer(string Message, Person By, string Text, PartName Part, DateTimeOffset SentAt);
