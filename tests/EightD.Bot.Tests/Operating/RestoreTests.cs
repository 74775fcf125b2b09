using EightD.Bot.Storage;
using EightD.Bot.Tests.Conversations;
using EightD.Bot.Tests.Publishing;
using EightD.Bot.Turns;
using Microsoft.Data.Sqlite;

namespace EightD.Bot.Tests.Operating;

/// <summary>The drill of docs/operations.md: an hour-old copy of the store is put back. What people read meanwhile stays where they read it, as a platform keeps it.</summary>
public sealed class RestoreTests
{
    private const int Senders = 4;

    private static readonly string[] Targets = ["D0.stakeholders", "D2", "D3.temporary", "D4.findings", "D7.training"];

    [Fact]
    public async Task An_hour_old_copy_that_is_put_back_loses_nothing_published_and_says_nothing_again()
    {
        var chat = await Chat.OpenAsync(settings: ["--Interview:Pause=00:00:00", "--Logging:LogLevel:Default=None"]);
        try
        {
            using var folder = new TempFolder();
            await chat.Says("ana", "/8d start Checkout is down");
            await chat.Says("ben", "/8d start Stock is wrong", "stock");
            await chat.Says("ana", "/8d answer D2 Orders fail");
            await chat.Says("ana", "/8d publish");
            await CommittedAsync(chat, 1);
            var copy = await CopyUnderLoadAsync(chat, folder);

            await chat.Says("ana", "/8d answer D2 Since 14:02");
            await chat.Says("ana", "/8d publish");
            await CommittedAsync(chat, 2);
            await chat.Says("ben", "/8d close --anyway The rest follows", "stock");
            await CommittedAsync(chat, 3);
            var (head, stock) = (GitHere.Run(chat.Repository, "rev-parse", "main"), GitHere.Read(chat.Repository, "docs/8d/0002-stock-is-wrong.md"));
            await chat.Part<TurnHandler>().SettledAsync(new("playground", "ops"));
            var before = await chat.Sees("anybody");
            chat.Clock.Advance(TimeSpan.FromHours(1));

            chat = await chat.RestartAsync(store => PutBackAsync(store, copy));
            var load = LoadAsync(chat, "after");
            await People.UntilAsync(async () => await chat.Part<IncidentStore>().LatestAsync(new("playground", "ops"), People.Cancel) is { Incident.Outbox.IsEmpty: true }, "all that the copy had not delivered is");
            await load;

            var after = await chat.Sees("anybody");
            Assert.Equal(before.Select(message => message.Id), after.Take(before.Count).Select(message => message.Id)); // nothing is gone, nothing came in between
            Assert.Equal(after.Count, after.Select(message => message.Id).Distinct(StringComparer.Ordinal).Count());
            Assert.All(after.Skip(before.Count), message => Assert.True(message.From == "8D Bot" || message.Text.Contains("after", StringComparison.Ordinal), $"Said again: {message.Text}"));
            Assert.Equal(head, GitHere.Run(chat.Repository, "rev-parse", "main")); // nothing is published by itself
            Assert.Equal(stock, GitHere.Read(chat.Repository, "docs/8d/0002-stock-is-wrong.md"));
            Assert.Contains("Orders fail", await chat.ReportAsync(), StringComparison.Ordinal);
            Assert.Contains("after0x0", await chat.ReportAsync(), StringComparison.Ordinal);

            await chat.Says("ana", "/8d close --anyway The rest follows");
            await CommittedAsync(chat, 4);
            GitHere.Run(chat.Repository, "merge-base", "--is-ancestor", head, "main"); // fails where it is not
            Assert.Contains("Since 14:02", GitHere.Run(chat.Repository, "show", $"{head}:docs/8d/0001-checkout-is-down.md"), StringComparison.Ordinal);
            await chat.Says("eve", "/8d start One more", "more");
            Assert.StartsWith("# 0003: ", await chat.ReportAsync("more"), StringComparison.Ordinal);
        }
        finally
        {
            await chat.DisposeAsync();
        }
    }

    /// <summary>A copy that was taken while people wrote, so that it holds something that was not delivered.</summary>
    private static async Task<string> CopyUnderLoadAsync(Chat chat, TempFolder folder)
    {
        for (var attempt = 0; ; attempt++)
        {
            var load = LoadAsync(chat, $"load{attempt}");
            var copy = folder[$"copy{attempt}.db"];
            await People.UntilAsync(async () => (await chat.ReportAsync()).Contains($"load{attempt}", StringComparison.Ordinal), "people write");
            await using (var connection = new SqliteConnection($"Data Source={chat.Database};Mode=ReadOnly;Pooling=False"))
            {
                await connection.OpenAsync(People.Cancel);
                await using var command = connection.CreateCommand();
                command.CommandText = "VACUUM INTO $copy";
                command.Parameters.AddWithValue("$copy", copy);
                await command.ExecuteNonQueryAsync(People.Cancel);
            }

            await load;
            await using var store = SqliteBlobStore.Open(copy);
            using var incidents = new IncidentStore(store, Microsoft.Extensions.Logging.Abstractions.NullLogger<IncidentStore>.Instance, new(), TimeProvider.System);
            if (await incidents.LatestAsync(new("playground", "ops"), People.Cancel) is { Incident.Outbox.IsEmpty: false }) return copy;
            Assert.True(attempt < 20, "In twenty copies all was delivered.");
        }
    }

    /// <summary>Puts back all but what people read.</summary>
    private static async Task PutBackAsync(IBlobStore store, string from)
    {
        await using var copy = SqliteBlobStore.Open(from);
        var keys = await KeysAsync(copy);
        foreach (var key in keys) await store.TryPutAsync(key, (await copy.GetAsync(key, People.Cancel))!.Value.Content, PutIf.Any, People.Cancel);
        foreach (var key in (await KeysAsync(store)).Except(keys, StringComparer.Ordinal)) await store.DeleteAsync(key, People.Cancel);
    }

    private static async Task<List<string>> KeysAsync(IBlobStore store) =>
        await store.ListAsync("", null, People.Cancel).Select(listed => listed.Key).Where(key => !key.StartsWith("talk/", StringComparison.Ordinal)).ToListAsync(People.Cancel);

    private static Task LoadAsync(Chat chat, string word) => Task.WhenAll(Enumerable.Range(0, Senders).Select(async sender =>
    {
        for (var number = 0; number < 5; number++) await chat.Says($"person{sender}", $"/8d answer {Targets[number]} {word}{sender}x{number}");
    }));

    private static Task CommittedAsync(Chat chat, int commits) =>
        People.UntilAsync(() => Task.FromResult(GitHere.Run(chat.Repository, "rev-list", "--count", "--all") == $"{commits}"), $"{commits} are committed");
}
