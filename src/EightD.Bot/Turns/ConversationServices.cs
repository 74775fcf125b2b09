using EightD.Bot.Channels;
using EightD.Bot.Keeping;
using EightD.Bot.Reminders;
using EightD.Bot.Telemetry;

namespace EightD.Bot.Turns;

/// <summary>What the turns of every conversation are handled with.</summary>
internal sealed record ConversationServices(
    IncidentStore Incidents, Replicas Replicas, BusyMarkers Busy, Retention Retention, ReminderNotes Reminders, FactGathering Facts, ReportNumbers Numbers, ReportRepositories Repositories, IEnumerable<IChannel> Channels,
    TimeProvider Clock, Instruments Instruments, ILogger<TurnHandler> Log)
{
    /// <summary>The channel of a tenant.</summary>
    public IChannel ChannelOf(string tenant) => Channels.Of(tenant) ?? throw new InvalidOperationException($"No channel is set up for {tenant}.");
}
