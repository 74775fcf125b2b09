namespace EightD.Bot.Channels;

/// <summary>
/// Does once what is asked several times: a platform sends something again that was not answered in time, and a person presses again. Whoever asks again gets
/// what the first got; what failed is done anew. What changed an 8D is known by its request id for longer, and by every process.
/// </summary>
/// <typeparam name="T">What the platform is answered.</typeparam>
internal sealed class Once<T>(TimeProvider clock)
{
    /// <summary>How much is known at most, and for how long at least where it is less.</summary>
    private const int MostKept = 10_000;
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private Dictionary<string, Task<T>> latest = new(StringComparer.Ordinal), earlier = [];
    private DateTimeOffset began = clock.GetUtcNow();

    /// <summary>The work that has this key, begun where it was not yet, or failed.</summary>
    public Task<T> DoAsync(string key, Func<Task<T>> work)
    {
        lock (gate)
        {
            if (latest.Count >= MostKept / 2 || clock.GetUtcNow() - began > Kept)
            {
                (earlier, latest) = (latest, new(StringComparer.Ordinal));
                began = clock.GetUtcNow();
            }

            if ((latest.TryGetValue(key, out var known) || earlier.TryGetValue(key, out known)) && !known.IsFaulted) return known;
            return latest[key] = Task.Run(work);
        }
    }
}
