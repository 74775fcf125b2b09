using EightD.Incidents.Cards;

namespace EightD.Incidents.Looking;

/// <summary>What was given up after it could not be delivered for long: whoever asks how the 8D stands sees it, and decides.</summary>
internal static class Undelivered
{
    private const string AgainAction = "deliver-again", ForgetAction = "deliver-never";

    /// <summary>What is shown of it; nothing where all was delivered.</summary>
    internal static IEnumerable<Field> Fields(Incident incident) =>
        incident.DeadLetters.GroupBy(letter => (To: Target(letter.Pending.Effect), letter.Why))
            .Select(letters => new Field(Texts.Get("NotDelivered"), Texts.Get("NotDeliveredTo", letters.Count(), letters.Key.To, letters.Key.Why)));

    internal static IEnumerable<Button> Buttons(Incident incident) =>
        incident.DeadLetters.IsEmpty ? [] : [new(AgainAction, "", Texts.Get("ButtonDeliverAgain")), new(ForgetAction, "", Texts.Get("ButtonDeliverNever"))];

    /// <summary>What a button of these does; null for any other.</summary>
    internal static Decision? Press(Scene scene, Deed.Press press)
    {
        if (press.Action is not (AgainAction or ForgetAction)) return null;
        if (scene.Incident.DeadLetters.IsEmpty) return scene.Answer(Texts.Get("AllDelivered"));
        var without = scene.Incident with { DeadLetters = [] };
        return press.Action == AgainAction
            ? scene.Done(without, [.. scene.Incident.DeadLetters.Select(letter => letter.Pending.Effect), scene.Tell(Texts.Get("DeliversAgain"))], "tries deliveries again")
            : scene.Done(without, [scene.Tell(Texts.Get("DeliversNever"))], "forgets deliveries");
    }

    private static string Target(Effect effect) => effect switch
    {
        Effect.Tell tell => tell.To.Name,
        Effect.Direct direct => direct.To.Name,
        Effect.Show show => show.By.Name,
        Effect.Publish => Texts.Get("Git"),
        Effect.AnswerLink link => Texts.Get("ReportName", link.Number),
        _ => Texts.Get("Everybody"),
    };
}
