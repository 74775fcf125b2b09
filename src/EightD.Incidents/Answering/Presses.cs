using System.Globalization;
using EightD.Incidents.Closing;
using EightD.Incidents.Interviewing;

namespace EightD.Incidents.Answering;

/// <summary>What buttons mean. Most are a command; the others are decided here.</summary>
internal static class Presses
{
    /// <summary>The scene with the deed that a button stands for.</summary>
    internal static Scene Meant(Scene scene)
    {
        if (scene.Turn.Deed is not Deed.Press press) return scene;
        Deed deed = press.Action switch
        {
            "undo" when Number(press.Value) is { } entry => new Deed.Undo(entry),
            "skip" => new Deed.Skip(press.Value),
            "na" => new Deed.DoesNotApply(press.Value),
            "back" => new Deed.Back(press.Value),
            "stop" => new Deed.Stop(),
            "next" => new Deed.Next(),
            "status" => new Deed.Status(),
            "preview" => new Deed.Preview(),
            "contained" => new Deed.Contained(null),
            "resolved" => new Deed.Resolved(null),
            "publish" => new Deed.Publish(),
            "close" => new Deed.Close(null),
            "link" when Number(press.Value) is > 0 and <= int.MaxValue and var number => new Deed.LinkTo((int)number, ""),
            _ => press,
        };
        return scene with { Turn = scene.Turn with { Deed = deed } };
    }

    /// <summary>A button that is no command.</summary>
    internal static Decision Press(Scene scene, Deed.Press press)
    {
        if (press.Action == "form") return Forms.Open(scene, press.Value);
        if (press.Action == "no") return Replies.Dismiss(scene, press.Value);
        if (Looking.Undelivered.Press(scene, press) is { } decided) return decided;
        if (ReadingBack.EditsInGit.Press(scene, press) is { } kept) return kept;
        if (!scene.Incident.IsOpen) return scene.Answer(Texts.Get(scene.Incident.Phase == Phase.Cancelled ? "IsCancelled" : "IsClosed", scene.Incident.Name));
        return press.Action switch
        {
            "here" => Steering.AnswerHere(scene),
            "take" => Replies.Take(scene, press.Value),
            "timeline" => Replies.ToTimeline(scene, press.Value),
            "takeout" => Replies.TakeOut(scene, press.Value),
            "move" when Number(press.Value) is { } entry => Forms.Move(scene, entry),
            "replace" when Number(press.Value) is { } entry => Moving.ReplaceEarlier(scene, entry),
            "command" => Kept(scene, press.Value, asCommand: true),
            "reply" => Kept(scene, press.Value, asCommand: false),
            "accept" => Ending.Accept(scene),
            Looking.Findings.TakeUp => Looking.Findings.TakeUpAgain(scene, press.Value),
            _ => scene.Answer(Texts.Get("UnknownButton")),
        };
    }

    /// <summary>Words that are a command and could be the answer: two buttons ask, where a question stands and its holder speaks.</summary>
    internal static Decision Either(Scene scene, Deed.CommandOrReply either)
    {
        var interview = scene.Incident.Interview;
        var stands = interview.Open is not null && Replies.IsInThread(scene);
        if (stands && either.Command is (Deed.Mistyped or Deed.Misused)) return Replies.Reply(scene, either.Text);
        if (!stands || interview.Open is not { } open || interview.Holder.Id != scene.By.Id || scene.Turn.Message is not { } message)
        {
            return Deciding.Perform(scene with { Turn = scene.Turn with { Deed = either.Command } });
        }

        var after = scene.Incident with
        {
            Interview = interview with { Offers = interview.Offers.Add(new(message, scene.By, either.Text, open, scene.Turn.SentAt)) },
        };
        var (word, _) = Commands.CommandLine.Split(either.Text);
        return scene.Done(after, [scene.Tell(Texts.Get("CommandOrReply", word, Answers.Name(scene.Template, open)), new(
            Texts.Get("CommandOrReplyTitle"), [], null,
            [new("command", message, Texts.Get("ButtonCommand", word)), new("reply", message, Texts.Get("ButtonIsAnswer"))]))]);
    }

    private static Decision Kept(Scene scene, string message, bool asCommand)
    {
        if (scene.Incident.Interview.Offers.Find(offer => offer.Message == message && offer.By.Id == scene.By.Id) is not { } offer)
        {
            return scene.Answer(Texts.Get("OfferGone"));
        }

        if (!asCommand) return Replies.Take(scene, message);
        var without = scene.Incident with { Interview = scene.Incident.Interview with { Offers = scene.Incident.Interview.Offers.Remove(offer) } };
        return Deciding.Perform(scene with { Found = without, Turn = scene.Turn with { Deed = Commands.CommandLine.Read(offer.Text) } });
    }

    private static long? Number(string value) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
