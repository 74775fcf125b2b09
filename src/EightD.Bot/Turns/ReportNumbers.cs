using System.Globalization;
using System.Text;
using EightD.Bot.Publishing;
using EightD.Bot.Storage;

namespace EightD.Bot.Turns;

/// <summary>Gives report numbers: each once, rising, never below what the repository has. A number whose start came to nothing is a gap.</summary>
internal sealed class ReportNumbers(IBlobStore blobs, ReportRepositories repositories, ILogger<ReportNumbers> log) : IDisposable
{
    private const string Repository = "reports";

    /// <summary>How often it is tried while other processes take numbers: one of them has got one each time.</summary>
    private const int Tries = 30;

    private readonly SemaphoreSlim one = new(1);

    /// <summary>The next number. A repository that cannot be asked stops nobody: the first publish confirms the number.</summary>
    /// <param name="tenant">Whose report it is.</param>
    /// <param name="cancel">Ends the attempt.</param>
    /// <exception cref="StoreUnavailableException">None could be had.</exception>
    public async ValueTask<int> TakeAsync(string tenant, CancellationToken cancel)
    {
        var highest = 0;
        foreach (var place in repositories.All) highest = Math.Max(highest, await HighestInRepositoryAsync(place.In(repositories.FolderOf(tenant)), cancel));
        await one.WaitAsync(cancel);
        try
        {
            return await TakeAfterAsync(Keys.Number(repositories.FolderOf(tenant) is { } folder ? $"{Repository}/{folder}" : Repository), highest, cancel);
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private async ValueTask<int> TakeAfterAsync(string key, int highest, CancellationToken cancel)
    {
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            var blob = await blobs.GetAsync(key, cancel);
            var last = blob is { } found ? int.Parse(Encoding.UTF8.GetString(found.Content.Span), NumberStyles.None, CultureInfo.InvariantCulture) : 0;
            var next = Math.Max(last, highest) + 1;
            var condition = blob is { } stands ? PutIf.Unchanged(stands.ETag) : PutIf.Absent;
            if (await blobs.TryPutAsync(key, Encoding.UTF8.GetBytes(next.ToString(CultureInfo.InvariantCulture)), condition, cancel) is not null) return next;
            await Task.Delay(Random.Shared.Next(1, 10 << Math.Min(attempt, 4)), cancel);
        }

        throw new StoreUnavailableException("Other processes take report numbers all the time.");
    }

    private async ValueTask<int> HighestInRepositoryAsync(ReportRepository repository, CancellationToken cancel)
    {
        try
        {
            return await repository.HighestNumberAsync(cancel).WaitAsync(ReportRepositories.TurnPatience, cancel);
        }
        catch (Exception cause) when (cause is RepositoryUnavailableException or TimeoutException)
        {
            log.RepositoryFailed(cause);
            return 0;
        }
    }
}
