using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using EightD.Incidents.Answering;
using EightD.Incidents.Commands;
using EightD.Incidents.Timeline;
using EightD.Reports;
using EightD.Reports.Answers;

namespace EightD.Incidents.Interviewing;

/// <summary>Decides what a reply in the thread is: an answer, more of one, or talk whose author is asked (conversation, "What is an answer?").</summary>
internal static class Replies
{
    /// <summary>A reply in a thread.</summary>
    internal static Decision Reply(Scene scene, string text)
    {
        var incident = scene.Incident;
        if (!incident.IsOpen || !IsInThread(scene)) return scene.Nothing();
        if (CommandLine.BareWord(text) is { } command) return Deciding.Perform(scene with { Turn = scene.Turn with { Deed = command } });

        var interview = incident.Interview;
        if (scene.By.Id == interview.Holder.Id && !IsTalk(text))
        {
            if (Stood(scene, interview) is { } past) return Late(scene, past, text);
            if (interview.Open is { } open) return Write(scene, open, text);
        }

        return interview.Open is { } asked ? Offer(scene, asked, text) : scene.Nothing();
    }

    /// <summary>An answer to the open question: its message becomes the confirmation.</summary>
    internal static Decision Write(Scene scene, PartName part, string text)
    {
        var (parts, why) = Answers.Read(scene, part, text);
        if (parts is null) return scene.Refuse(why!);
        var entry = scene.Incident.Log.Last + 1;
        var key = scene.Incident.Interview.Message;
        var (after, changes) = Answers.Make(scene, scene.Incident, parts, ChangeKind.Added, scene.Turn.Message);
        var (closed, effects) = Asking.CloseQuestion(scene, after, entry, Answers.Confirmation(scene, after, entry, changes));
        return scene.Done(closed, [.. effects, .. Answers.Missing(scene, after, changes)], changes: changes, confirmation: key);
    }

    /// <summary>A reply that was changed or deleted.</summary>
    internal static Decision Reworded(Scene scene, string message, string? text)
    {
        var incident = scene.Incident;
        if (incident.Interview.Offers.Find(offer => offer.Message == message) is { } offered && text is not null)
        {
            return scene.Done(incident with
            {
                Interview = incident.Interview with { Offers = incident.Interview.Offers.Replace(offered, offered with { Text = text }) },
            }, []);
        }

        if (!incident.IsOpen || EntryOf(incident, message) is not { } entry || entry.By.Id != scene.By.Id) return scene.Nothing();
        var name = string.Join("; ", entry.Changes.Select(change => Answers.Name(scene.Template, change.Part)));
        if (text is null)
        {
            var value = $"{entry.Number.ToString(CultureInfo.InvariantCulture)}:{message}";
            return scene.Answer(Texts.Get("AskTakeOut", name), new(Texts.Get("AskTakeOutTitle"), [], name,
                [new("takeout", value, Texts.Get("ButtonTakeOut")), new("no", message, Texts.Get("ButtonKeep"))]));
        }

        return Reread(scene, entry, text) switch
        {
            (null, null) => scene.Nothing(),
            (null, { } why) => scene.Refuse(why),
            ({ } parts, _) => Renew(scene, entry, entry with { Changes = Reworded(entry.Changes, message, parts) }, waits: false)
                ?? scene.Refuse(Texts.Get("CannotReword", name)),
        };
    }

    /// <summary>What the changed message says now, read as it was at first: as a reply to its question, or as an <c>answer</c> command. Nothing when it is no answer any more.</summary>
    private static (IReadOnlyList<TypedPart>? Parts, string? Why) Reread(Scene scene, LogEntry entry, string text)
    {
        if (entry.Confirmation is null && CommandLine.Read(text) is Deed.Answer command)
        {
            return Answers.Target(scene, command.Section, command.Label, out _) is { } named ? Answers.Read(scene, named, command.Text) : (null, null);
        }

        var first = entry.Changes[0].Part;
        return Answers.Read(scene, entry.Changes.Count == 1 ? first : new(first.Section), text);
    }

    /// <summary>An entry's changes with other words of one message: each part's at its place among what the other messages said.</summary>
    private static ImmutableList<PartChange> Reworded(ImmutableList<PartChange> changes, string message, IReadOnlyList<TypedPart> parts)
    {
        List<PartChange> reworded = [];
        foreach (var change in changes)
        {
            var now = parts.FirstOrDefault(part => part.Part == change.Part);
            var said = now is null
                ? change.Said.RemoveAll(each => each.Message == message)
                : change.Said.Exists(each => each.Message == message)
                    ? [.. change.Said.Select(each => each.Message == message ? each with { Text = now.Typed } : each)]
                    : change.Said.Add(new(message, now.Typed));
            if (said.Count > 0) reworded.Add(change with { Said = said });
        }

        reworded.AddRange(parts.Where(part => !changes.Exists(change => change.Part == part.Part))
            .Select(part => new PartChange { Part = part.Part, Kind = ChangeKind.Added, Said = [new(message, part.Typed)] }));
        return [.. reworded];
    }

    /// <summary>Takes what a deleted message said out of the report.</summary>
    internal static Decision TakeOut(Scene scene, string value)
    {
        var at = value.IndexOf(':', StringComparison.Ordinal);
        if (at < 0 || EntryOf(scene.Incident, value[(at + 1)..]) is not { } entry) return scene.Answer(Texts.Get("AlreadyUndone"));
        if (entry.Changes.All(change => change.Said.Count == 1)) return Undoing.Undo(scene, entry.Number);
        return Rewrite(scene, entry, said => said.Message == value[(at + 1)..] ? null : said)
            ?? scene.Refuse(Texts.Get("CannotReword", Answers.Name(scene.Template, entry.Changes[0].Part)));
    }

    /// <summary>Files an offered reply as the answer; its author holds the interview from then on.</summary>
    internal static Decision Take(Scene scene, string message)
    {
        if (Offered(scene, message) is not { } offer) return scene.Answer(Texts.Get("OfferGone"));
        var (parts, why) = Answers.Read(scene, offer.Part, offer.Text);
        if (parts is null) return scene.Refuse(why!);

        var without = Without(scene.Incident, offer);
        without = without with { Interview = without.Interview with { Holder = scene.By } };
        var entry = without.Log.Last + 1;
        var (after, changes) = Answers.Make(scene, without, parts, ChangeKind.Added, offer.Message);
        var confirmation = Answers.Confirmation(scene, after, entry, changes);
        if (after.Interview.Open != offer.Part) return scene.Done(after, [scene.Tell(confirmation.Text, confirmation.Card)], changes: changes);
        var key = after.Interview.Message;
        var (closed, effects) = Asking.CloseQuestion(scene, after, entry, confirmation);
        return scene.Done(closed, effects, changes: changes, confirmation: key);
    }

    /// <summary>Files an offered reply into the timeline.</summary>
    internal static Decision ToTimeline(Scene scene, string message) =>
        Offered(scene, message) is { } offer
            ? Notes.Add(scene, Without(scene.Incident, offer), offer.By, offer.SentAt, offer.Text)
            : scene.Answer(Texts.Get("OfferGone"));

    /// <summary>The author wants it nowhere.</summary>
    internal static Decision Dismiss(Scene scene, string message) =>
        Offered(scene, message) is { } offer ? scene.Done(Without(scene.Incident, offer), []) : scene.Nothing();

    /// <summary>Whether a reply is talk: names somebody else first, is only thanks or emoji, or asks.</summary>
    internal static bool IsTalk(string text)
    {
        var trimmed = text.Trim();
        return trimmed.Length == 0 || trimmed[0] == '@' || trimmed[^1] is '?' or '？' or '؟' || IsCourtesy(trimmed);
    }

    /// <summary>Whether it was said in the thread of the 8D's card.</summary>
    internal static bool IsInThread(Scene scene) =>
        scene.Turn.At.Thread is { } thread && thread == scene.Incident.Messages.GetValueOrDefault(MessageKey.Card);

    /// <summary>The question that stood when this was sent, where it does not stand any more: in the pause after its answer, or before the next was asked.</summary>
    private static PastQuestion? Stood(Scene scene, Interview interview)
    {
        if (interview.Open is null) return interview.NextAt is null ? null : interview.Past.LastOrDefault();
        return scene.Turn.SentAt < interview.AskedAt
            ? interview.Past.FindLast(past => past.AskedAt <= scene.Turn.SentAt) ?? interview.Past.FirstOrDefault()
            : null;
    }

    /// <summary>More of its author's answer to a question that stood; an answer of its own where there is none, or somebody else gave it.</summary>
    private static Decision Late(Scene scene, PastQuestion past, string text)
    {
        if (past.Entry is { } number && scene.Incident.Log.Find(number) is { TakenBackBy: null } entry && entry.By.Id == scene.By.Id) return More(scene, entry, text);
        var (parts, why) = Answers.Read(scene, past.Part, text);
        return parts is null ? scene.Refuse(why!) : Answers.Write(scene, parts, ChangeKind.Added);
    }

    /// <summary>More of the answer that its author just gave.</summary>
    private static Decision More(Scene scene, LogEntry entry, string text)
    {
        var (parts, why) = Answers.Read(scene, entry.Changes[^1].Part, text);
        if (parts is null) return scene.Refuse(why!);
        if (entry.Changes.Sum(change => change.Typed.Length) + text.Length > Bounds.Answer) return scene.Refuse(Texts.Get("TooLongAnswer"));

        var changes = entry.Changes;
        foreach (var part in parts)
        {
            var said = new Said(scene.Turn.Message, part.Typed);
            var at = changes.FindIndex(change => change.Part == part.Part);
            changes = at < 0
                ? changes.Add(new() { Part = part.Part, Kind = ChangeKind.Added, Said = [said] })
                : changes.SetItem(at, changes[at] with { Said = changes[at].Said.Add(said) });
        }

        return Renew(scene, entry, entry with { Changes = changes }, scene.Incident.Interview.Open is null)
            ?? scene.Refuse(Texts.Get("CannotReword", Answers.Name(scene.Template, entry.Changes[^1].Part)));
    }

    private static Decision? Rewrite(Scene scene, LogEntry entry, Func<Said, Said?> said) => Renew(scene, entry, entry with
    {
        Changes = [.. entry.Changes.Select(change => change with { Said = [.. change.Said.Select(said).OfType<Said>()] })
            .Where(change => change.Said.Count > 0)],
    }, waits: false);

    /// <summary>Makes an entry's changes again with other words, where nothing else explains what the parts hold; null where that cannot be.</summary>
    private static Decision? Renew(Scene scene, LogEntry entry, LogEntry renewed, bool waits)
    {
        var incident = scene.Incident;
        if (!entry.Changes.TrueForAll(change => Undoing.CanReplay(incident, entry, change.Part))) return null;

        var log = incident.Log;
        foreach (var change in renewed.Changes.Where(change => !log.Bases.Exists(part => part.Part == change.Part)))
        {
            log = log with { Bases = log.Bases.Add(new(change.Part, incident.Report.TextOf(change.Part))) };
        }

        log = log.Changed(renewed);
        var report = entry.Changes.Concat(renewed.Changes).Select(change => change.Part).Distinct()
            .Aggregate(incident.Report, (each, part) => Replay.Run(each, log.Bases.Find(text => text.Part == part)!, log.Entries));
        var after = incident with { Report = report, Log = log };
        if (waits) after = after with { Interview = after.Interview with { NextAt = scene.Now + scene.Facts.Pause } };

        var confirmation = Answers.Confirmation(scene, after, entry.Number, renewed.Changes);
        if (waits) confirmation = Asking.WithOutlook(after, confirmation);
        return scene.Done(after, Undoing.Confirm(scene, entry, confirmation),
            $"reword {entry.Number.ToString(CultureInfo.InvariantCulture)}", before: string.Join('\n', entry.Changes.Select(change => change.Typed)));
    }

    private static Decision Offer(Scene scene, PartName open, string text)
    {
        var interview = scene.Incident.Interview;
        if (scene.Turn.Message is not { } message || interview.Offered.Contains(scene.By.Id) || text.Length > Bounds.Answer) return scene.Nothing();

        const int most = 10;
        var offers = interview.Offers.Add(new(message, scene.By, text, open, scene.Turn.SentAt));
        var after = scene.Incident with
        {
            Interview = interview with
            {
                Offered = interview.Offered.Add(scene.By.Id),
                Offers = offers.Count > most ? offers.RemoveAt(0) : offers,
            },
        };
        var name = open.Label is { } label ? $"{open.Section} {label}" : open.Section;
        return scene.Done(after, [scene.Tell(Texts.Get("Offer", name), new(Texts.Get("OfferTitle"), [], null,
            [new("take", message, Texts.Get("ButtonAnswerTo", name)), new("timeline", message, Texts.Get("ButtonTimeline")),
             new("no", message, Texts.Get("ButtonNo"))]))]);
    }

    private static Offer? Offered(Scene scene, string message) =>
        scene.Incident.Interview.Offers.Find(offer => offer.Message == message && offer.By.Id == scene.By.Id);

    private static Incident Without(Incident incident, Offer offer) =>
        incident with { Interview = incident.Interview with { Offers = incident.Interview.Offers.Remove(offer) } };

    private static LogEntry? EntryOf(Incident incident, string message) =>
        incident.Log.Entries.LastOrDefault(entry => entry.TakenBackBy is null && entry.Changes.Exists(change => change.Said.Exists(said => said.Message == message)));

    private static bool IsCourtesy(string text)
    {
        string[] words = ["ok", "okay", "k", "kk", "thanks", "thank", "you", "thx", "ty", "cheers", "+1", "ack", "great", "nice", "cool", "perfect", "sure"];
        return text.ToLowerInvariant().Split([' ', ',', '.', '!', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)
            .All(word => words.Contains(word, StringComparer.Ordinal) || IsEmoji(word));
    }

    private static bool IsEmoji(string word) =>
        (word.Length > 2 && word[0] == ':' && word[^1] == ':' && word.AsSpan(1, word.Length - 2).IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789_+-".AsSpan()) < 0)
        || word.EnumerateRunes().All(rune => Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol
            or UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark || rune.Value is 0x200D or 0xFE0F);
}
