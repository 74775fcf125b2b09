using EightD.Incidents;
using EightD.Reports;

namespace EightD.Bot.Publishing;

/// <summary>A report that shall stand in the repository.</summary>
/// <param name="Report">As it shall be committed, to the byte, with its number.</param>
/// <param name="Published">Where it was published last; null at the first publish.</param>
/// <param name="By">The commit's author.</param>
/// <param name="Subject">The commit's first line.</param>
/// <param name="Trailers">Lines <c>Key: value</c> for the commit's end.</param>
/// <param name="EffectId">By which a commit that was made already is found again.</param>
/// <param name="At">The commit's date.</param>
internal sealed record PublishRequest(
    Report Report, Publication? Published, Person By, string Subject, IReadOnlyList<string> Trailers, string EffectId, DateTimeOffset At)
{
    /// <summary>The report's number.</summary>
    /// <exception cref="InvalidOperationException">It has none.</exception>
    public int Number => Report.Number ?? throw new InvalidOperationException("A report without a number cannot be published.");

    /// <summary>The file's name in its folder since the last publish; null at the first, and where it is gone.</summary>
    public string? PublishedAs => Published is { Is: not FileState.Gone } published ? published.FileName : null;
}
