using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using EightD.Incidents.Answering;
using EightD.Incidents.Cards;
using EightD.Incidents.Interviewing;
using EightD.Reports;
using EightD.Reports.Actions;
using EightD.Reports.Templates;

namespace EightD.Incidents.Starting;

/// <summary>Opens an 8D.</summary>
internal static class Start
{
    internal static Decision Begin(Scene scene, Deed.Start start)
    {
        if (scene.Found is { IsOpen: true } open) return RefuseSecond(scene, open);
        if (start.From is { } from) return GoOn(scene, start, from);
        if (start.Title.Trim().Length == 0)
        {
            return scene.Answer(Texts.Get("StartHint"), new(Texts.Get("StartTitle"), [], null, [new("form", Forms.StartPrefix, Texts.Get("ButtonOpenForm"))]));
        }

        return Refusal(scene, start, out var template) is { } refusal ? scene.Answer(refusal) : Fresh(scene, start, template!);
    }

    /// <summary>Opens the form that asks for the title.</summary>
    internal static Decision OpenForm(Scene scene) => scene.Found is { IsOpen: true } open ? RefuseSecond(scene, open) : new(scene.Found, [], Forms.Start(scene));

    internal static Decision FromForm(Scene scene, IReadOnlyDictionary<string, string> values)
    {
        if (scene.Found is { IsOpen: true } open) return scene.RefuseForm(("title", Texts.Get("OpenHereAlready", open.ShownName)));
        var start = new Deed.Start(values.GetValueOrDefault("title")?.Trim() ?? "", NullIfEmpty(values, "template"), NullIfEmpty(values, "severity"));
        if (start.Title.Length == 0) return new(scene.Found, [], Errors: One("title", Texts.Get("TitleEmpty")));
        return Refusal(scene, start, out var template) is { } refusal
            ? new(scene.Found, [], Errors: One(template is null ? "template" : "title", refusal))
            : Fresh(scene, start, template!);
    }

    private static Decision RefuseSecond(Scene scene, Incident open) =>
        scene.Refuse(Texts.Get("OpenHereAlready", open.ShownName), IncidentCard.Draw(open, scene.Now).Card);

    private static string? Refusal(Scene scene, Deed.Start start, out Template? template)
    {
        var name = start.Template ?? scene.Facts.Settings.Template;
        template = scene.Facts.Templates.FirstOrDefault(each => each.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (template is null) return Texts.Get("UnknownTemplate", name, string.Join(", ", scene.Facts.Templates.Select(each => $"`{each.Name}`")));
        if (start.Title.Length > Bounds.Title) return Texts.Get("TitleTooLong", start.Title.Length);
        if (start.Supersedes is not { } number) return null;
        return scene.Facts.Named is not { } named ? Texts.Get("NoReport", number)
            : Closing.Linking.MayShow(named, IsPrivate(scene, start), scene.Turn.At) ? null : Texts.Get("LinkPrivate", number);
    }

    private static Decision Fresh(Scene scene, Deed.Start start, Template template)
    {
        Link[] links = scene.Facts.Named is { } named && start.Supersedes is not null
            ? [new("Supersedes", named.Entry.Number, named.Entry.Title, named.Entry.FileName)]
            : [];
        var report = template.Begin(start.Title, scene.Facts.NextNumber, scene.Today, Status.InProgress, links);
        List<Effect> effects = [];
        if (links is [var link] && scene.Facts.Named is { Incident: not null } linked && Closing.Linking.IsAnswered(linked, IsPrivate(scene, start)))
        {
            effects.Add(new Effect.AnswerLink(link.Number, new(link.ReverseType, scene.Facts.NextNumber, report.Title, Reports.Folder.FileName.Of(scene.Facts.NextNumber, report.Title))));
        }

        return Opened(scene, New(scene, start, template, report, scene.Facts.NextNumber), effects);
    }

    /// <summary>Goes on with a report that stands in the repository: its status line changes, and nothing else.</summary>
    private static Decision GoOn(Scene scene, Deed.Start start, int number)
    {
        if (scene.Facts.Named is not { } named) return scene.Answer(Texts.Get("NoReport", number));
        if (named.IsOpen) return scene.Answer(Texts.Get("OpenElsewhere", number));
        if (named.IsPrivate && !IsPrivate(scene, start)) return scene.Answer(Texts.Get("FromPrivate", number));
        var template = Template.Of(named.Text, scene.Facts.Templates);
        var report = Report.Read(named.Text, template).WithStatus(Status.InProgress);
        var incident = New(scene, start, template, report, number) with
        {
            Published = named.Published ?? new("", "", named.Entry.FileName, 0),
            ActionNumbers = new ActionNumbers().After(ActionTable.Of(report).Rows),
        };
        if (named.Homeless is { } earlier)
        {
            incident = incident with
            {
                Severity = start.Severity ?? earlier.Severity,
                StartedAt = earlier.StartedAt,
                OccurredAt = earlier.OccurredAt,
                DetectedAt = earlier.DetectedAt,
                ContainedAt = earlier.ContainedAt,
                ResolvedAt = earlier.ResolvedAt,
                ActionNumbers = earlier.ActionNumbers,
            };
        }

        return Opened(scene, incident, []);
    }

    private static Incident New(Scene scene, Deed.Start start, Template template, Report report, int number) => new()
    {
        Id = IdOf(scene.Turn),
        Home = scene.Turn.At with { Thread = null },
        Number = number,
        TemplateName = template.Name,
        TemplateText = template.Text,
        Report = report,
        IsPrivate = IsPrivate(scene, start),
        Severity = start.Severity ?? "",
        Starter = scene.By,
        StartedAt = scene.Now,
        Interview = new() { Holder = scene.By, Asking = AskingMode.FirstThree },
    };

    private static bool IsPrivate(Scene scene, Deed.Start start) => start.Private || scene.Turn.At.IsPrivate;

    /// <summary>A hash of the conversation and the request: two starts never share an id, and a start that is sent again has the same.</summary>
    private static string IdOf(Turn turn) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{turn.At.Tenant}\n{turn.At.Conversation}\n{turn.Request}")).AsSpan(0, 16));

    private static Decision Opened(Scene scene, Incident incident, List<Effect> effects)
    {
        var opened = scene with { Found = incident };
        var (after, asked) = Asking.AskNext(opened, incident);
        return opened.Done(after, [new Effect.Redraw(MessageKey.Card), .. asked, .. effects, new Effect.OfferEarlier(scene.By, scene.Turn.At, AtCause: false)], "start");
    }

    private static string? NullIfEmpty(IReadOnlyDictionary<string, string> values, string name) =>
        values.GetValueOrDefault(name)?.Trim() is { Length: > 0 } value ? value : null;

    private static ImmutableDictionary<string, string> One(string input, string why) => ImmutableDictionary<string, string>.Empty.Add(input, why);
}
