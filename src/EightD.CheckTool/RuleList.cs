using System.Globalization;
using System.Text;
using EightD.Reports.Checking;

namespace EightD.CheckTool;

/// <summary>All rules as a page of Markdown: what <c>docs/check.md</c> ends with.</summary>
internal static class RuleList
{
    /// <summary>A heading a rule, in the order of the disciplines; what it finds, why it matters, what mends it.</summary>
    public static string Write()
    {
        StringBuilder page = new();
        foreach (var rule in Check.Rules.OrderBy(rule => rule.Discipline, StringComparer.Ordinal))
        {
            page.Append(CultureInfo.InvariantCulture, $"### {rule.Id}\n\n**{rule.Severity}.** {rule.What} {rule.Why} *({rule.Source})*\n\n{rule.Mend}\n\n");
        }

        return page.ToString().TrimEnd('\n') + "\n";
    }
}
