using Microsoft.AspNetCore.Http;

namespace EightD.Bot.Tests.Slack;

/// <summary>What is posted to a <c>response_url</c>: five times in half an hour, without a token, answered in plain text.</summary>
internal sealed class ResponseAddresses(SlackStandIn slack)
{
    public async Task<Func<Task>> TakeAsync(HttpContext context, string secret)
    {
        try
        {
            var arguments = await SlackArguments.ReadAsync(context.Request);
            slack.Record("response_url", arguments.Json, token: null);
            if (context.Request.Headers.Authorization.Count > 0) slack.Complain("response_url: got a token, and needs none");
            if (!arguments.IsJson) throw new SlackRefusalException("invalid_payload");
            lock (slack.World.Gate)
            {
                var response = slack.World.Use(secret);
                slack.Judge("response_url", arguments.Json, SlackLimits.OfResponse);
                Answer(response, arguments);
            }

            return () => context.Response.WriteAsync("ok");
        }
        catch (SlackRefusalException refusal)
        {
            return () =>
            {
                context.Response.StatusCode = refusal.Error is "used_url" or "expired_url" or "invalid_url" ? 404 : 400;
                return context.Response.WriteAsync(refusal.Error);
            };
        }
    }

    /// <summary>Shows an answer, or changes the message that it is an answer to.</summary>
    public void Answer(SlackResponse response, SlackArguments arguments)
    {
        var replaces = arguments.Is("replace_original");
        if (response.Source is { } source && (replaces || arguments.Is("delete_original")))
        {
            Change(source, arguments, isDeleted: !replaces);
            return;
        }

        if (replaces || arguments.Is("delete_original")) slack.Complain("response_url: a command has no message to replace or delete");
        if (arguments.Nest("blocks") is null && arguments["text"] is null) return;
        var isForAll = arguments["response_type"] == "in_channel";
        slack.World.Say(slack.BotMessage(slack.World.Workspace(response.Team), response.Channel, arguments) with { To = isForAll ? null : response.User });
    }

    private void Change(SlackMessage source, SlackArguments arguments, bool isDeleted)
    {
        if (isDeleted)
        {
            slack.World.Remove(source.Channel, source.Ts);
            return;
        }

        slack.World.Change(source.Channel, source.Ts, message => message with
        {
            Text = arguments["text"] ?? "",
            Blocks = slack.Identified(arguments.Nest("blocks")),
            EditedTs = message.IsEphemeral ? null : slack.World.NewTs(),
        });
    }
}
