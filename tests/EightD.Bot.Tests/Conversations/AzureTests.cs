using EightD.Bot.Tests.Publishing;
using EightD.Bot.Tests.Storage;

namespace EightD.Bot.Tests.Conversations;

/// <summary>An 8D whose draft is kept in Azure Blob Storage: a real Azurite.</summary>
public sealed class AzureTests(AzuriteServer azurite)
{
    [Fact]
    public async Task An_8D_is_started_answered_kept_over_a_restart_and_published()
    {
        var settings = await azurite.SettingsAsync(AzuriteServer.NewContainer());
        var chat = await Chat.OpenAsync(settings: settings);
        await chat.Says("ana", "/8d start Checkout is down");
        await chat.IsAsked("D0: Problem discovered");
        await chat.Answers("ana", "By an alert");
        await chat.IsAsked("D0: Impact");

        chat = await chat.RestartAsync();
        Assert.Contains("**Problem discovered:** By an alert\n", await chat.ReportAsync(), StringComparison.Ordinal);
        await chat.Replies("ana", "All customers");
        await chat.Says("ana", "/8d close --anyway The rest follows");
        await People.UntilAsync(async () => (await chat.Posted()).Exists(message => message.Card?.Fields.Exists(field => field.Name == "Git") == true), "it is committed");

        Assert.Equal(await chat.ReportAsync(), GitHere.Read(chat.Repository, "docs/8d/0001-checkout-is-down.md"));
        Assert.False(File.Exists(chat.Database));
        await chat.DisposeAsync();
    }
}
