using System.Globalization;
using System.Net;
using System.Text;

namespace EightD.Bot.Insights;

/// <summary>Draws charts as SVG, with a table of the same figures for whoever cannot see them. Colours are the page's style's: <c>k0</c>, <c>k1</c> ….</summary>
internal static class Charts
{
    private const int Wide = 640, Row = 30, LabelWide = 170, High = 160, MonthHigh = 24;

    /// <summary>A bar a row.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="of">What the rows are.</param>
    /// <param name="rows">The rows; all 0 or more.</param>
    /// <param name="none">What is said where there is nothing to show.</param>
    public static string Bars(string title, string of, IReadOnlyList<(string Label, int Value)> rows, string none)
    {
        if (rows.All(row => row.Value == 0)) return Figure(title, $"<p class=\"none\">{Html(none)}</p>", "");
        var most = rows.Max(row => row.Value);
        StringBuilder svg = new();
        Open(svg, title, rows.Count * Row);
        for (var at = 0; at < rows.Count; at++)
        {
            var (label, value) = rows[at];
            var y = at * Row;
            var wide = value * (Wide - LabelWide - 50) / most;
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{LabelWide - 10}\" y=\"{y + 20}\" text-anchor=\"end\">{Html(Short(label))}</text><rect class=\"k0\" x=\"{LabelWide}\" y=\"{y + 5}\" width=\"{Math.Max(wide, 1)}\" height=\"{Row - 10}\" rx=\"3\"/><text class=\"value\" x=\"{LabelWide + wide + 8}\" y=\"{y + 20}\">{value}</text>");
        }

        return Figure(title, svg.Append("</svg>").ToString(), Table([of, ""], rows.Select(row => (string[])[row.Label, Number(row.Value)])));
    }

    /// <summary>A column a month, with a part for each kind.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="months">The months' names.</param>
    /// <param name="kinds">How many of each kind, month by month.</param>
    /// <param name="none">What is said where there is nothing to show.</param>
    public static string Columns(string title, IReadOnlyList<string> months, IReadOnlyList<(string Label, IReadOnlyList<int> Counts)> kinds, string none)
    {
        if (kinds.Count == 0) return Figure(title, $"<p class=\"none\">{Html(none)}</p>", "");
        var most = Enumerable.Range(0, months.Count).Max(month => kinds.Sum(kind => kind.Counts[month]));
        var (step, unit) = (Wide / months.Count, (High - 20.0) / most);
        StringBuilder svg = new();
        Open(svg, title, High + MonthHigh);
        for (var month = 0; month < months.Count; month++)
        {
            var (x, y) = (month * step, (double)High);
            for (var kind = 0; kind < kinds.Count; kind++)
            {
                if (kinds[kind].Counts[month] is not (> 0 and var count)) continue;
                y -= count * unit;
                svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"k{kind}\" x=\"{x + 6}\" y=\"{y:0.#}\" width=\"{step - 12}\" height=\"{count * unit:0.#}\"><title>{Html($"{months[month]}, {kinds[kind].Label}: {Number(count)}")}</title></rect>");
            }

            if (y < High) svg.Append(CultureInfo.InvariantCulture, $"<text class=\"value\" x=\"{x + (step / 2)}\" y=\"{y - 5:0.#}\" text-anchor=\"middle\">{kinds.Sum(kind => kind.Counts[month])}</text>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + (step / 2)}\" y=\"{High + 17}\" text-anchor=\"middle\">{Html(months[month])}</text>");
        }

        var legend = string.Concat(kinds.Select((kind, at) => $"<li><svg class=\"mark\" viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect class=\"k{Number(at)}\" width=\"10\" height=\"10\" rx=\"2\"/></svg>{Html(kind.Label)}</li>"));
        var rows = kinds.Select(kind => kind.Counts.Select(Number).Prepend(kind.Label).ToArray());
        return Figure(title, svg.Append("</svg>").ToString() + $"<ul class=\"legend\">{legend}</ul>", Table(["", .. months], rows));
    }

    /// <summary>Text as it stands in a page.</summary>
    public static string Html(string text) => WebUtility.HtmlEncode(text);

    private static void Open(StringBuilder svg, string title, int high) =>
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"chart\" viewBox=\"0 0 {Wide} {high}\" role=\"img\" aria-label=\"{Html(title)}\">");

    private static string Figure(string title, string drawn, string table) =>
        $"<figure><figcaption><h2>{Html(title)}</h2></figcaption>{drawn}{(table.Length == 0 ? "" : $"<details><summary>{Html(Channels.ChannelTexts.Get("InsightsTable"))}</summary>{table}</details>")}</figure>";

    private static string Table(string[] heads, IEnumerable<string[]> rows) =>
        $"<div class=\"wide\"><table><thead><tr>{string.Concat(heads.Select(head => $"<th scope=\"col\">{Html(head)}</th>"))}</tr></thead><tbody>{string.Concat(rows.Select(row => $"<tr><th scope=\"row\">{Html(row[0])}</th>{string.Concat(row.Skip(1).Select(cell => $"<td>{Html(cell)}</td>"))}</tr>"))}</tbody></table></div>";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Short(string label) => Channels.ChannelTexts.Shorter(label, 18);
}
