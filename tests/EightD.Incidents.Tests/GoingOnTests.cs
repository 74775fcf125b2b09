using EightD.Reports.Folder;
using static EightD.Incidents.Tests.Room;

namespace EightD.Incidents.Tests;

/// <summary><c>start --from</c>: an 8D goes on with a report that stands in the repository.</summary>
public sealed class GoingOnTests
{
    private const string Closed = """
        # 0002: Late invoices

        **Date:** Dec 12, 2024
        **Status:** Completed

        ## D2: Problem statement & description
        Invoices left two days late.

        ## Own words
        Kept as they are.

        """;

    [Fact]
    public void Only_the_status_line_changes()
    {
        var room = With(new(new ReportEntry(2, "Late invoices", "0002-late-invoices.md"), Closed, Incident: null));
        room.Command(Ana, "start --from 2");

        Assert.Equal(Closed.Replace("Completed", "In Progress", StringComparison.Ordinal), room.Report.Text);
        Assert.Equal(2, room.Incident.Number);
        room.Command(Ben, "answer D2 And paid three days late.");
        Assert.Equal("Invoices left two days late.\n\nAnd paid three days late.", room.Of("D2"));
    }

    [Fact]
    public void A_number_that_no_report_has_is_named()
    {
        var room = new Room();
        room.Command(Ana, "start --from 2");

        Assert.Null(room.Found);
        Assert.Contains("2", room.LastTold, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_is_open_elsewhere_is_left_there()
    {
        var room = With(new(new ReportEntry(2, "Late invoices", "0002-late-invoices.md"), Closed, "other", IsOpen: true));
        room.Command(Ana, "start --from 2");

        Assert.Null(room.Found);
        Assert.Contains("in another conversation", room.LastTold, StringComparison.Ordinal);
    }

    private static Room With(KnownReport report)
    {
        var room = new Room();
        room.Facts = room.Facts with { Named = report };
        return room;
    }
}
