using System.Globalization;
using EightD.Incidents.Answering;
using EightD.Reports.Actions;
using EightD.Reports.Answers;
using EightD.Reports.Containment;

namespace EightD.Incidents.Containment;

/// <summary>Ends a temporary measure of D3: it is taken away, or made permanent and a corrective action of D5. The report says which, and when.</summary>
internal static class Measures
{
    internal static Decision End(Scene scene, Deed.Temp temp)
    {
        var measures = TemporaryMeasures.Of(scene.Report);
        if (measures.FirstOrDefault(each => each.Number == temp.Number) is not { } measure) return scene.Refuse(measures.Count == 0 ? Texts.Get("NoMeasures") : Texts.Get("NoMeasure", temp.Number, string.Join('\n', measures.Select(Say))));
        if (measure.Ended is { } ended) return scene.Refuse(Texts.Get("MeasureEnded", measure.Number, measure.Text, ended));
        if (temp.Adopted) return Ended(scene, measure, "adopted", scene.Today, temp.Words ?? measure.Text);
        return temp.Words is null ? Ended(scene, measure, "removed", scene.Today, null) : DateReading.Read(temp.Words, scene.Today) switch
        {
            DateReading.Certain certain when certain.Date > scene.Today => scene.Refuse(Texts.Get("MeasureAhead", Zoned.Write(certain.Date))),
            DateReading.Certain certain => Ended(scene, measure, "removed", certain.Date, null),
            var unclear => scene.Refuse(Dates.Ask(unclear)),
        };
    }

    /// <summary><c>2: Connection timeout raised to 60 seconds (removed 2025-01-10)</c>.</summary>
    internal static string Say(TemporaryMeasure measure) => string.Create(CultureInfo.InvariantCulture, $"- {measure.Number}: {measure.Text}{(measure.Ended is { } how ? $" ({how})" : "")}");

    private static Decision Ended(Scene scene, TemporaryMeasure measure, string how, DateOnly day, string? adopted)
    {
        var part = TemporaryMeasures.PartOf(scene.Report)!.Value;
        var text = TemporaryMeasures.TextWithEnd(scene.Report, measure.Number, $"{how} {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}");
        List<PartChange> changes = [new() { Part = part, Kind = ChangeKind.Set, Said = [new(null, text)], Before = scene.Report.TextOf(part) }];
        var after = scene.Incident with { Report = scene.Report.SetText(part, text) };
        if (adopted is not null && scene.Template.Section("D5") is not null)
        {
            (after, var more) = Answers.Make(scene, after, [new TypedPart(scene.Template.LeadOf("D5"), adopted)], ChangeKind.Added, scene.Turn.Message);
            changes.AddRange(more);
        }

        return Answers.Written(scene, after, changes, "temp");
    }
}
