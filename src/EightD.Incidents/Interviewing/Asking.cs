using System.Collections.Immutable;
using System.Globalization;
using EightD.Incidents.Answering;
using EightD.Incidents.Cards;
using EightD.Reports;
using EightD.Reports.Templates;

namespace EightD.Incidents.Interviewing;

/// <summary>Which question comes next, how it is put, and what closes it.</summary>
internal static class Asking
{
    private const string Cause = "D4";

    /// <summary>The next question that comes by itself; null when none does.</summary>
    internal static Question? Next(Incident incident)
    {
        var interview = incident.Interview;
        IEnumerable<Question> due = interview.Asking switch
        {
            AskingMode.FirstThree => FirstThree(incident.Report.Template),
            AskingMode.FirstHalf => incident.Report.Template.Questions.Where(question => incident.ResolvedAt is not null || !IsSecondHalf(question)),
            AskingMode.All => incident.Report.Template.Questions,
            _ => [],
        };
        return due.FirstOrDefault(question => !interview.Skipped.Contains(question.Part) && IsOpen(incident, question.Part));
    }

    /// <summary>Whether a part still wants an answer.</summary>
    internal static bool IsOpen(Incident incident, PartName part) =>
        !incident.Interview.NotApplicable.Contains(part) && (!incident.Report.Holds(part) || ReturnedFor(incident, part) is not null);

    /// <summary>Why the discipline of a part was refused, where it is the first that is asked of it; null: it was not, or something of it changed since.</summary>
    internal static Returned? ReturnedFor(Incident incident, PartName part) => incident.Interview.Returned.IsEmpty || incident.Interview.Returned.Find(each => each.Section == part.Section) is not { } returned ? null
        : incident.Report.Template.Section(part.Section)?.Parts.FirstOrDefault(each => !each.Optional)?.Part == part ? returned : null;

    /// <summary>Asks the next question now; nothing when there is none.</summary>
    internal static (Incident After, IEnumerable<Effect> Effects) AskNext(Scene scene, Incident incident) =>
        Next(incident) is { } question
            ? Ask(scene, incident, question)
            : (incident with { Interview = incident.Interview with { NextAt = null, Asking = AskingMode.Nothing } }, []);

    /// <summary>Puts a question; one that stood gives way to it.</summary>
    internal static (Incident After, IEnumerable<Effect> Effects) Ask(Scene scene, Incident incident, Question question)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"q{incident.Log.Last + 1}");
        var (after, effects) = Leave(incident, Texts.Get("QuestionLeft"));
        return (after with
        {
            Interview = after.Interview with
            {
                Open = question.Part,
                Message = key,
                AskedAt = scene.Now,
                NextAt = null,
                Offered = [],
            },
        }, [.. effects, new Effect.Post(key, InThread: true, Put(after, question, key)), .. Earlier(incident, question)]);
    }

    /// <summary>Whoever is asked for the cause sees what was found before, once.</summary>
    private static IEnumerable<Effect> Earlier(Incident incident, Question question) =>
        question.Part.Section == Cause && incident.Interview.Open?.Section != Cause && !incident.Interview.Asked.Exists(part => part.Section == Cause)
            ? [new Effect.OfferEarlier(incident.Interview.Holder, incident.Home, AtCause: true)]
            : [];

    /// <summary>The open question's message without its buttons, and no question open.</summary>
    internal static (Incident After, IEnumerable<Effect> Effects) Leave(Incident incident, string text)
    {
        if (incident.Interview is not { Open: { } open, Message: { } key }) return (incident, []);
        var name = Answers.Name(incident.Report.Template, open);
        return (incident with
        {
            Interview = Past(incident.Interview, open, entry: null),
        }, [new Effect.Revise(key, new($"{name}: {text}", new(name, [], text, [])))]);
    }

    /// <summary>
    /// The open question is answered: its message becomes the confirmation, and the next one waits for the pause, in which more of the same answer
    /// may come.
    /// </summary>
    internal static (Incident After, IEnumerable<Effect> Effects) CloseQuestion(Scene scene, Incident incident, long entry, Message confirmation)
    {
        if (incident.Interview is not { Open: { } open, Message: { } key }) return (incident, []);
        var after = incident with
        {
            Interview = Past(incident.Interview, open, entry) with { NextAt = scene.Now + scene.Facts.Pause },
        };
        List<Effect> effects = [new Effect.Revise(key, WithOutlook(after, confirmation))];
        if (scene.Facts.Pause > TimeSpan.Zero) return (after, effects);
        var (asked, more) = AskNext(scene, after);
        return (asked, [.. effects, .. more]);
    }

    /// <summary>A confirmation that also says when no further question comes by itself.</summary>
    internal static Message WithOutlook(Incident after, Message confirmation)
    {
        if (after.Interview.Asking == AskingMode.Nothing || Next(after) is not null) return confirmation;
        var outlook = Texts.Get(after.Interview.Skipped.Any(part => IsOpen(after, part)) ? "LastQuestionSkipped" : after.ResolvedAt is null ? "LastQuestionBurning" : "LastQuestion");
        return new($"{confirmation.Text}\n\n{outlook}",
            confirmation.Card is { } card ? card with { Body = card.Body is null ? outlook : $"{card.Body}\n\n{outlook}" } : null);
    }

    /// <summary>Three questions while it burns: what, how bad, what was done. Of another template the first of D0, D2 and D3.</summary>
    private static IEnumerable<Question> FirstThree(Template template)
    {
        var d0 = template.Questions.Where(question => question.Part.Section == "D0").ToList();
        var d3 = template.Questions.Where(question => question.Part.Section == "D3").Take(1);
        if (template.Name is "incident" or Template.Deep) return d0.Take(2).Concat(d3);
        var three = d0.Take(1).Concat(template.Questions.Where(question => question.Part.Section == "D2").Take(1)).Concat(d3).ToList();
        return three.Count > 0 ? three : template.Questions.Take(3);
    }

    /// <summary>What is asked once it is over: D4 to D8, and what the problem is not, which is looked for with the cause.</summary>
    private static bool IsSecondHalf(Question question) => question.Part is { Section: ['D', >= '4' and <= '8'] } or { Section: "D2", Label: "Is / is not" };

    /// <summary>The interview without an open question, the one that stood remembered.</summary>
    private static Interview Past(Interview interview, PartName open, long? entry)
    {
        const int most = 10;
        var past = interview.Past.Add(new(open, interview.AskedAt ?? default, entry));
        return interview with
        {
            Open = null,
            Message = null,
            AskedAt = null,
            Past = past.Count > most ? past.RemoveAt(0) : past,
            Asked = Remember(interview.Asked, open),
        };
    }

    private static ImmutableList<PartName> Remember(ImmutableList<PartName> asked, PartName part)
    {
        const int most = 50;
        asked = asked.Remove(part).Add(part);
        return asked.Count > most ? asked.RemoveAt(0) : asked;
    }

    /// <summary>The question's message: its text holds the whole question and its choices.</summary>
    private static Message Put(Incident incident, Question question, string key)
    {
        var title = question.Part.Label is { } label ? $"{question.Part.Section}: {label}" : $"{question.Part.Section}: {question.SectionName}";
        List<string> body = [];
        if (ReturnedFor(incident, question.Part) is { } returned) body.Add(Texts.Get("ReturnedFor", returned.By.Name, returned.Reason));
        if (question.Hint is { } hint) body.Add(hint);
        body.Add(Texts.Get($"Fits{question.Kind}", string.Join(" | ", question.Columns)));
        if (question.Example is { } example) body.Add(Texts.Get("Example", example));

        var held = incident.Report.TextOf(question.Part);
        var holds = held.Length > 0 && incident.Report.Holds(question.Part);
        if (holds) body.Add(Texts.Get("HoldsAlready", Answers.Quote(held)));
        List<Button> buttons = holds
            ? [new("form", Forms.Answer(question.Part, incident, replace: false), Texts.Get("ButtonAdd")),
               new("form", Forms.Answer(question.Part, incident, replace: true), Texts.Get("ButtonReplaceAll")),
               new("form", Forms.EditOf(question.Part.Section, incident), Texts.Get("ButtonEdit"))]
            : [new("form", Forms.Answer(question.Part, incident, replace: false), Texts.Get("ButtonForm"))];
        buttons.AddRange([
            new("skip", key, Texts.Get("ButtonSkip")),
            new("na", key, Texts.Get("ButtonDoesNotApply")),
            new("back", key, Texts.Get("ButtonBack")),
            new("stop", key, Texts.Get("ButtonStop"))]);

        var text = string.Join("\n\n", body);
        var choices = Texts.Get("Choices", string.Join(" · ", buttons.Select(button => button.Label)));
        return new($"**{title}**\n\n{text}\n\n{choices}", new(title, [], text, buttons));
    }
}
