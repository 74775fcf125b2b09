namespace EightD.Bot.Channels.Teams;

/// <summary>What is sent to Teams (Bot Framework, "Activity schema").</summary>
internal static class TeamsMessage
{
    /// <summary>A message; its words beside a card are for notifications alone, since Teams would show them above it.</summary>
    /// <param name="post">What it says.</param>
    /// <param name="to">Who alone sees it; null: everybody.</param>
    public static string Of(TeamsPost post, string? to = null)
    {
        var recipient = to is null ? "" : $",\"recipient\":{{\"id\":{JsonText.Of(to)}}}";
        return post.Card is { } card
            ? $"{{\"type\":\"message\",\"summary\":{JsonText.Of(post.Text)},\"attachments\":[{{\"contentType\":\"application/vnd.microsoft.card.adaptive\",\"content\":{card}}}]{recipient}}}"
            : $"{{\"type\":\"message\",\"textFormat\":\"markdown\",\"text\":{JsonText.Of(post.Text)}{recipient}}}";
    }
}
