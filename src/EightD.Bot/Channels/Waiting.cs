namespace EightD.Bot.Channels;

/// <summary>Waits for work whose platform waits for an answer. What takes longer goes on.</summary>
internal static class Waiting
{
    /// <summary>Whether it ended, well or not, within a time.</summary>
    public static async ValueTask<bool> IsDoneWithinAsync(this Task work, TimeSpan patience)
    {
        if (!work.IsCompleted && patience > TimeSpan.Zero) await work.WaitAsync(patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return work.IsCompleted;
    }

    /// <summary>Whether it ended well; why not is logged.</summary>
    public static async Task<bool> IsKeptAsync(this Task work, Action<Exception> log)
    {
        try
        {
            await work;
            return true;
        }
        catch (Exception cause) when (IsLogged(cause, log))
        {
            return false;
        }
    }

    private static bool IsLogged(Exception cause, Action<Exception> log)
    {
        log(cause);
        return true;
    }
}
