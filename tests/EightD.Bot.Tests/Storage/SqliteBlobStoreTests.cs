using EightD.Bot.Settings;
using EightD.Bot.Storage;

namespace EightD.Bot.Tests.Storage;

public sealed class SqliteBlobStoreTests : BlobStoreTests, IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private SqliteBlobStore? opened;

    private string Db => folder["data/eightd.db"];

    public async ValueTask DisposeAsync()
    {
        if (opened is not null) await opened.DisposeAsync();
        folder.Dispose();
    }

    private protected override ValueTask<IBlobStore> OpenAsync() => ValueTask.FromResult<IBlobStore>(opened = SqliteBlobStore.Open(Db));

    [Fact]
    public async Task Writes_at_once_are_all_there_after_the_file_was_closed_and_opened_again()
    {
        await using (var store = SqliteBlobStore.Open(Db))
        {
            var tags = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => store.TryPutAsync($"k/{i:d4}", Bytes($"{i}"), PutIf.Absent, Cancel).AsTask()));
            Assert.Equal(1000, tags.OfType<string>().Distinct(StringComparer.Ordinal).Count());
        }

        await using var again = SqliteBlobStore.Open(Db);
        Assert.Equal("617", Text(await again.GetAsync("k/0617", Cancel)));
        Assert.Equal(1000, await again.ListAsync("k/", null, Cancel).CountAsync(Cancel));
    }

    [Fact]
    public async Task Closing_finishes_the_writes_that_were_accepted_and_refuses_the_later_ones()
    {
        var store = SqliteBlobStore.Open(Db);
        var accepted = Enumerable.Range(0, 200).Select(i => store.TryPutAsync($"k/{i:d3}", new byte[20_000], PutIf.Absent, Cancel).AsTask()).ToList();
        await store.DisposeAsync();

        Assert.All(await Task.WhenAll(accepted), Assert.NotNull);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.TryPutAsync("late", Bytes("1"), PutIf.Any, Cancel).AsTask());
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.GetAsync("late", Cancel).AsTask());
    }

    [Fact]
    public async Task A_second_bot_on_the_same_file_ends_with_a_sentence_until_the_first_has_closed()
    {
        await using (SqliteBlobStore.Open(Db))
        {
            var refusal = Assert.Throws<SettingException>(() => SqliteBlobStore.Open(Db));
            Assert.Equal($"Storage:Path: {Db} is in use by another 8D Bot; stop that one, or give this one a file of its own.", refusal.Message);
        }

        await using var next = SqliteBlobStore.Open(Db);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_named_with_the_setting_and_the_remedy()
    {
        File.WriteAllText(folder["data"], "a file where the folder should be");

        var refusal = Assert.Throws<SettingException>(() => SqliteBlobStore.Open(Db));

        Assert.StartsWith($"Storage:Path: {Db} cannot be written (", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith("name a file in a folder that the bot may write to.", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public void A_file_that_is_no_database_is_left_as_it_is()
    {
        var path = folder["notes.txt"];
        File.WriteAllText(path, new string('x', 5000));

        var refusal = Assert.Throws<SettingException>(() => SqliteBlobStore.Open(path));

        Assert.Equal($"Storage:Path: {path} is not a database of the 8D Bot; name another file.", refusal.Message);
        Assert.Equal(new string('x', 5000), File.ReadAllText(path));
    }

    [Fact]
    public async Task The_order_is_that_of_UTF8_bytes_not_of_a_culture_or_of_UTF16()
    {
        var store = await OpenAsync();
        string[] sorted = ["k/B", "k/a", "k/z", "k/\u00e4", "k/\uff5e", "k/\U0001F600"];
        foreach (var key in Enumerable.Reverse(sorted)) await store.TryPutAsync(key, default, PutIf.Any, Cancel);

        Assert.Equal(string.Join(" ", sorted), string.Join(" ", await store.ListAsync("k/", null, Cancel).Select(listed => listed.Key).ToListAsync(Cancel)));
    }
}
