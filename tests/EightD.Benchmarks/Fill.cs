using EightD.Bot.Storage;
using EightD.Bot.Tests.Storage;

namespace EightD.Benchmarks;

/// <summary>Fills a store with open 8Ds, to see that a turn costs the same however many there are.</summary>
internal static class Fill
{
    public static async Task<int> RunAsync(string path, int count)
    {
        await using var store = SqliteBlobStore.Open(path);
        await FilledStore.FillAsync(store, after: 0, count, Sample.Text);
        return 0;
    }
}
