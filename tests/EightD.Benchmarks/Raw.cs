using System.Diagnostics;
using System.Globalization;
using EightD.Bot.Settings;
using EightD.Bot.Storage;
using Microsoft.Extensions.Configuration;

namespace EightD.Benchmarks;

/// <summary>What the blob storage can do by itself: conditional writes of one blob after another, 32 writers with a blob of their own.</summary>
internal static class Raw
{
    private const int Writers = 32;

    public static async Task<int> RunAsync(string connection, int seconds, int bytes)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("Storage:Provider", "AzureBlob"), new("Storage:ConnectionString", connection), new("Storage:Container", "raw"),
        ]).Build();
        var store = AzureBlobStore.Open(BotSettings.Read(configuration, isDevelopment: false));
        await store.EnsureUsableAsync(CancellationToken.None);
        await MeasureAsync(store, seconds: 2, bytes); // warm
        var watch = Stopwatch.StartNew();
        var writes = await MeasureAsync(store, seconds, bytes);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{writes / watch.Elapsed.TotalSeconds:F0} conditional writes/s of {bytes} bytes by {Writers} writers"));
        return 0;
    }

    private static async Task<int> MeasureAsync(AzureBlobStore store, int seconds, int bytes)
    {
        var until = Stopwatch.GetTimestamp() + (seconds * Stopwatch.Frequency);
        var content = new byte[bytes];
        Random.Shared.NextBytes(content);
        var counts = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var (key, tag, count) = ($"raw/{Guid.NewGuid():N}", (string?)null, 0);
            for (; Stopwatch.GetTimestamp() < until; count++)
            {
                tag = await store.TryPutAsync(key, content, tag is null ? PutIf.Absent : PutIf.Unchanged(tag), CancellationToken.None)
                    ?? throw new InvalidOperationException("Nobody else writes this blob.");
            }

            return count;
        })));
        return counts.Sum();
    }
}
