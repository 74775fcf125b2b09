using System.Text;
using EightD.Bot.Settings;
using EightD.Bot.Storage;

namespace EightD.Bot.Tests.Storage;

public sealed class SqliteBlobStoreTests : IDisposable
{
    private readonly TempFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Db => folder["data/eightd.db"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_was_put_is_there_with_the_tag_that_was_given()
    {
        await using var store = SqliteBlobStore.Open(Db);
        var tag = await store.TryPutAsync("a/b", "hello"u8.ToArray(), PutIf.Absent, Cancel);

        var blob = await store.GetAsync("a/b", Cancel);

        Assert.Equal("hello", Text(blob));
        Assert.Equal(tag, blob!.Value.ETag);
        Assert.Null(await store.GetAsync("a/B", Cancel));
    }

    [Fact]
    public async Task A_write_happens_only_where_its_condition_holds()
    {
        await using var store = SqliteBlobStore.Open(Db);
        Assert.Null(await store.TryPutAsync("k", Bytes("0"), PutIf.Unchanged("1"), Cancel));
        var first = await store.TryPutAsync("k", Bytes("1"), PutIf.Absent, Cancel);
        Assert.Null(await store.TryPutAsync("k", Bytes("2"), PutIf.Absent, Cancel));
        Assert.Null(await store.TryPutAsync("k", Bytes("3"), PutIf.Unchanged("not a tag"), Cancel));
        var second = await store.TryPutAsync("k", Bytes("4"), PutIf.Unchanged(first!), Cancel);
        Assert.NotNull(second);
        Assert.NotEqual(first, second, StringComparer.Ordinal);
        Assert.Null(await store.TryPutAsync("k", Bytes("5"), PutIf.Unchanged(first!), Cancel));
        Assert.Equal("4", Text(await store.GetAsync("k", Cancel)));
        Assert.NotNull(await store.TryPutAsync("k", Bytes("6"), PutIf.Any, Cancel));
        Assert.Equal("6", Text(await store.GetAsync("k", Cancel)));
    }

    [Fact]
    public async Task A_key_that_was_removed_is_absent_and_its_old_tag_holds_no_more()
    {
        await using var store = SqliteBlobStore.Open(Db);
        var old = await store.TryPutAsync("k", Bytes("1"), PutIf.Any, Cancel);
        await store.DeleteAsync("k", Cancel);
        await store.DeleteAsync("k", Cancel);

        Assert.Null(await store.GetAsync("k", Cancel));
        Assert.Null(await store.TryPutAsync("k", Bytes("2"), PutIf.Unchanged(old!), Cancel));
        Assert.NotNull(await store.TryPutAsync("k", Bytes("1"), PutIf.Absent, Cancel));
        Assert.Null(await store.TryPutAsync("k", Bytes("2"), PutIf.Unchanged(old!), Cancel));
    }

    [Fact]
    public async Task Of_eight_racers_exactly_one_wins_each_round()
    {
        await using var store = SqliteBlobStore.Open(Db);
        string? tag = null;
        for (var round = 0; round < 100; round++)
        {
            var condition = tag is null ? PutIf.Absent : PutIf.Unchanged(tag);
            var tags = await Task.WhenAll(Enumerable.Range(0, 8).Select(racer =>
                Task.Run(async () => await store.TryPutAsync("k", Bytes($"{round}/{racer}"), condition, Cancel), Cancel)));

            tag = Assert.Single(tags, each => each is not null);
            var stands = await store.GetAsync("k", Cancel);
            Assert.Equal(tag, stands!.Value.ETag);
            Assert.Equal($"{round}/{Array.IndexOf(tags, tag)}", Text(stands));
        }
    }

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
    public async Task Keys_are_listed_by_prefix_in_the_order_of_their_bytes_over_many_pages()
    {
        await using var store = SqliteBlobStore.Open(Db);
        var keys = Enumerable.Range(0, 1203).Select(i => $"due/{i:d5}").ToList();
        await Task.WhenAll(keys.Concat(["dud", "due", "duf", "due0"]).Select(key => store.TryPutAsync(key, default, PutIf.Any, Cancel).AsTask()));

        Assert.Equal(keys, await store.ListAsync("due/", null, Cancel).ToListAsync(Cancel));
        Assert.Equal(keys[700..], await store.ListAsync("due/", "due/00700", Cancel).ToListAsync(Cancel));
        Assert.Equal(keys, await store.ListAsync("due/", "a", Cancel).ToListAsync(Cancel));
        Assert.Empty(await store.ListAsync("due/", "duf", Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task The_order_is_that_of_UTF8_bytes_not_of_a_culture_or_of_UTF16()
    {
        await using var store = SqliteBlobStore.Open(Db);
        string[] sorted = ["k/B", "k/a", "k/z", "k/\u00e4", "k/\uff5e", "k/\U0001F600"];
        foreach (var key in Enumerable.Reverse(sorted)) await store.TryPutAsync(key, default, PutIf.Any, Cancel);

        Assert.Equal(string.Join(" ", sorted), string.Join(" ", await store.ListAsync("k/", null, Cancel).ToListAsync(Cancel)));
    }

    [Fact]
    public async Task A_listing_goes_on_when_keys_are_removed_under_it()
    {
        await using var store = SqliteBlobStore.Open(Db);
        await Task.WhenAll(Enumerable.Range(0, 1100).Select(i => store.TryPutAsync($"k/{i:d4}", default, PutIf.Any, Cancel).AsTask()));

        List<string> seen = [];
        await foreach (var key in store.ListAsync("k/", null, Cancel))
        {
            seen.Add(key);
            await store.DeleteAsync(key, Cancel);
        }

        Assert.Equal(1100, seen.Distinct(StringComparer.Ordinal).Count());
        Assert.Empty(await store.ListAsync("", null, Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_write_that_was_cancelled_before_it_was_begun_is_not_made()
    {
        await using var store = SqliteBlobStore.Open(Db);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.TryPutAsync("k", Bytes("1"), PutIf.Any, new CancellationToken(canceled: true)).AsTask());
        Assert.Null(await store.GetAsync("k", Cancel));
    }

    [Fact]
    public async Task Empty_and_large_contents_come_back_to_the_byte()
    {
        await using var store = SqliteBlobStore.Open(Db);
        var large = Enumerable.Range(0, 1_300_000).Select(i => (byte)(i * 31)).ToArray();
        await store.TryPutAsync("empty", ReadOnlyMemory<byte>.Empty, PutIf.Any, Cancel);
        await store.TryPutAsync("part", large.AsMemory(3, 1_200_000), PutIf.Any, Cancel);

        Assert.Equal(0, (await store.GetAsync("empty", Cancel))!.Value.Content.Length);
        Assert.True((await store.GetAsync("part", Cancel))!.Value.Content.Span.SequenceEqual(large.AsSpan(3, 1_200_000)));
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

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string? Text(Blob? blob) => blob is { } found ? Encoding.UTF8.GetString(found.Content.Span) : null;
}
