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
        if (post is { Card: null, Mentions: { } who })
        {
            var mention = $"<at>{System.Net.WebUtility.HtmlEncode(who.Name)}</at>"; // of which Teams tells that person (Teams, "Format your bot messages": mentions)
            recipient += $",\"entities\":[{{\"type\":\"mention\",\"text\":{JsonText.Of(mention)},\"mentioned\":{{\"id\":{JsonText.Of(who.Id)},\"name\":{JsonText.Of(who.Name)}}}}}]";
            post = post with { Text = $"{mention} {post.Text}" };
        }

        return post.Card is { } card
            ? $"{{\"type\":\"message\",\"summary\":{JsonText.Of(post.Text)},\"attachments\":[{{\"contentType\":\"application/vnd.microsoft.card.adaptive\",\"content\":{card}}}]{recipient}}}"
            : $"{{\"type\":\"message\",\"textFormat\":\"markdown\",\"text\":{JsonText.Of(post.Text)}{recipient}}}";
    }
}
