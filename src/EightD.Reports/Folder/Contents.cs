using EightD.Reports.Reading;

namespace EightD.Reports.Folder;

/// <summary>The folder's <c>README.md</c>: under <c>## Reports</c> a line a report, in number order; the text around it is the team's.</summary>
public static class Contents
{
    /// <summary>What <c>8d-tools</c> writes under <c>## Reports</c> while there is no report.</summary>
    private const string NoReports = "No reports have been created yet.";

    /// <summary>The page with this report's entry added, or changed where its number stands already. Every other character stays as it was.</summary>
    /// <param name="page">The page as it is; null or empty gives a new one. A page without <c>## Reports</c> gets it at its end.</param>
    /// <param name="entry">The report.</param>
    /// <param name="dialect">Of the report: says whether the number is padded.</param>
    public static string With(string? page, ReportEntry entry, Dialect dialect)
    {
        var link = EntryLink.Write(entry, dialect);
        if (string.IsNullOrEmpty(page))
        {
            return $"# 8D reports\n\n## Reports\n\n- {link}\n";
        }

        var end = page.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        return Section(page) is [var heading, .. var lines]
            ? Change(heading, lines, entry, link, end).ApplyTo(page)
            : $"{page}{(page.EndsWith('\n') ? "" : end)}{end}## Reports{end}{end}- {link}{end}";
    }

    /// <summary>The reports that the page lists.</summary>
    /// <param name="page">The page as it is.</param>
    public static IReadOnlyList<ReportEntry> Entries(string page) =>
        [.. Section(page).Select(line => line.Link?.Entry).OfType<ReportEntry>()];

    /// <summary>The one place to change, looked for in this order: the report's own entry, its place among the others, the placeholder, the section's end.</summary>
    private static Edit Change(PageLine heading, IReadOnlyList<PageLine> lines, ReportEntry entry, string link, string end)
    {
        if (lines.FirstOrDefault(line => line.Number == entry.Number && line.Link is not null) is { Link: var (stands, span) } own)
        {
            return stands == entry
                ? new Edit(own.Start, 0, "")
                : new Edit(own.Start + span.Start.Value, span.End.Value - span.Start.Value, link);
        }

        if (lines.FirstOrDefault(line => line.Number > entry.Number && line.Link is not null) is { } next)
        {
            return new Edit(next.Start, 0, next.Marker + link + end);
        }

        if (lines.LastOrDefault(line => line.Number is not null && line.Link is not null) is { } last)
        {
            // what is indented under the last entry belongs to it
            var below = lines.SkipWhile(line => line != last).Skip(1).TakeWhile(line => line.IsIndented);
            return new Edit(below.LastOrDefault(last).End, 0, end + last.Marker + link);
        }

        if (lines.FirstOrDefault(line => line.Text.Trim(' ', '*', '_') == NoReports) is { } placeholder)
        {
            return new Edit(placeholder.Start, placeholder.Text.Length, "- " + link);
        }

        var above = lines.LastOrDefault(line => !line.IsBlank, heading);
        return new Edit(above.End, 0, $"{end}{end}- {link}{(above == lines.LastOrDefault(heading) ? end : "")}");
    }

    /// <summary>The heading <c>## Reports</c> and the lines below it, up to the next heading of its level; none where it is missing.</summary>
    private static PageLine[] Section(string page)
    {
        var lines = Lines(page).SkipWhile(line => !line.IsHeading("Reports")).ToArray();
        return [.. lines.Take(1), .. lines.Skip(1).TakeWhile(line => !line.IsHeading())];
    }

    private static IEnumerable<PageLine> Lines(string page)
    {
        string? fence = null;
        var start = page.StartsWith('\uFEFF') ? 1 : 0;
        foreach (var raw in page[start..].Split('\n'))
        {
            var text = raw.TrimEnd('\r');
            var mark = text.TrimStart() switch { ['`', '`', '`', ..] => "```", ['~', '~', '~', ..] => "~~~", _ => null };
            yield return new PageLine(start, text, InCode: fence is not null || mark is not null);
            fence = fence is null ? mark : fence == mark ? null : fence;
            start += raw.Length + 1;
        }
    }

    private sealed record PageLine(int Start, string Text, bool InCode)
    {
        private readonly Lazy<(ReportEntry Entry, Range Span)?> link = new(() => InCode ? null : EntryLink.InItem(Text));

        /// <summary>The report that it lists; null where it lists none.</summary>
        public (ReportEntry Entry, Range Span)? Link => link.Value;

        /// <summary>The number of the report that it lists, where it lists one: read at once, since a page has a line for each report there ever was.</summary>
        public int? Number { get; } = EntryLink.NumberInItem(Text);

        public int End => Start + Text.Length;

        public bool IsBlank => string.IsNullOrWhiteSpace(Text);

        public bool IsIndented => !IsBlank && char.IsWhiteSpace(Text[0]);

        /// <summary>What stands before the link: the list's own marker.</summary>
        public string Marker => Text[..Link!.Value.Span.Start.Value];

        /// <summary>Whether it is a heading of the first or second level, with that text where one is given.</summary>
        public bool IsHeading(string? text = null) =>
            !InCode
            && Text is ['#', ' ', ..] or ['#', '#', ' ', ..]
            && (text is null || (Text.StartsWith("## ", StringComparison.Ordinal) && Text.Trim('#', ' ').Equals(text, StringComparison.OrdinalIgnoreCase)));
    }
}
