using System.Text;
using EightD.Bot.Storage;

namespace EightD.Bot.Tests.Storage;

/// <summary>What the bot expects of every store.</summary>
public abstract class BlobStoreTests
{
    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A store with nothing in it.</summary>
    private protected abstract ValueTask<IBlobStore> OpenAsync();

    [Fact]
    public async Task What_was_put_is_there_with_the_tag_that_was_given()
    {
        var store = await OpenAsync();
        var tag = await store.TryPutAsync("a/b", "hello"u8.ToArray(), PutIf.Absent, Cancel);

        var blob = await store.GetAsync("a/b", Cancel);

        Assert.Equal("hello", Text(blob));
        Assert.Equal(tag, blob!.Value.ETag);
        Assert.Null(await store.GetAsync("a/B", Cancel));
    }

    [Fact]
    public async Task A_write_happens_only_where_its_condition_holds()
    {
        var store = await OpenAsync();
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
        var store = await OpenAsync();
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
        var store = await OpenAsync();
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
    public async Task Keys_are_listed_by_prefix_in_the_order_of_their_bytes_over_many_pages()
    {
        var store = await OpenAsync();
        var keys = Enumerable.Range(0, 1203).Select(i => $"due/{i:d5}").ToList();
        await PutAsync(store, keys.Concat(["dud", "due", "duf", "due0"]));

        Assert.Equal(keys, await store.ListAsync("due/", null, Cancel).Select(listed => listed.Key).ToListAsync(Cancel));
        Assert.Equal(keys[700..], await store.ListAsync("due/", "due/00700", Cancel).Select(listed => listed.Key).ToListAsync(Cancel));
        Assert.Equal(keys, await store.ListAsync("due/", "a", Cancel).Select(listed => listed.Key).ToListAsync(Cancel));
        Assert.Empty(await store.ListAsync("due/", "duf", Cancel).Select(listed => listed.Key).ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_listing_goes_on_when_keys_are_removed_under_it()
    {
        var store = await OpenAsync();
        await PutAsync(store, Enumerable.Range(0, 1100).Select(i => $"k/{i:d4}"));

        List<string> seen = [];
        await foreach (var (key, _) in store.ListAsync("k/", null, Cancel))
        {
            seen.Add(key);
            await store.DeleteAsync(key, Cancel);
        }

        Assert.Equal(1100, seen.Distinct(StringComparer.Ordinal).Count());
        Assert.Empty(await store.ListAsync("", null, Cancel).Select(listed => listed.Key).ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_write_that_was_cancelled_before_it_was_begun_is_not_made()
    {
        var store = await OpenAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.TryPutAsync("k", Bytes("1"), PutIf.Any, new CancellationToken(canceled: true)).AsTask());
        Assert.Null(await store.GetAsync("k", Cancel));
    }

    [Fact]
    public async Task Empty_and_large_contents_come_back_to_the_byte()
    {
        var store = await OpenAsync();
        var large = Enumerable.Range(0, 1_300_000).Select(i => (byte)(i * 31)).ToArray();
        await store.TryPutAsync("empty", ReadOnlyMemory<byte>.Empty, PutIf.Any, Cancel);
        await store.TryPutAsync("part", large.AsMemory(3, 1_200_000), PutIf.Any, Cancel);

        Assert.Equal(0, (await store.GetAsync("empty", Cancel))!.Value.Content.Length);
        Assert.True((await store.GetAsync("part", Cancel))!.Value.Content.Span.SequenceEqual(large.AsSpan(3, 1_200_000)));
    }

    [Fact]
    public async Task A_listing_gives_the_tags_that_reading_gives()
    {
        var store = await OpenAsync();
        await store.TryPutAsync("k/1", Bytes("1"), PutIf.Absent, Cancel);
        var tag = await store.TryPutAsync("k/1", Bytes("2"), PutIf.Any, Cancel);

        Assert.Equal(new("k/1", tag!), await store.ListAsync("k/", null, Cancel).SingleAsync(Cancel));
        Assert.Equal(tag, (await store.GetAsync("k/1", Cancel))!.Value.ETag);
    }

    /// <summary>Empty blobs, as many at a time as a server takes without keeping anybody waiting.</summary>
    private static Task PutAsync(IBlobStore store, IEnumerable<string> keys) => Parallel.ForEachAsync(
        keys, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Cancel }, async (key, cancel) => await store.TryPutAsync(key, default, PutIf.Any, cancel));

    private protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private protected static string? Text(Blob? blob) => blob is { } found ? Encoding.UTF8.GetString(found.Content.Span) : null;
}
