using Microsoft.Extensions.Internal;

namespace EightD.Bot.Channels;

/// <summary>The bot's clock for what is kept for a while.</summary>
internal sealed class CacheClock(TimeProvider clock) : ISystemClock
{
    /// <inheritdoc/>
    public DateTimeOffset UtcNow => clock.GetUtcNow();
}
