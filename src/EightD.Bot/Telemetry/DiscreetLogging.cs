using System.Text;
using Azure;
using Azure.Identity;
using EightD.Bot.Channels.Slack;
using EightD.Bot.Publishing;
using EightD.Bot.Settings;
using EightD.Bot.Storage;
using EightD.Bot.Turns;
using Microsoft.Data.Sqlite;

namespace EightD.Bot.Telemetry;

/// <summary>
/// Keeps what people wrote out of every log, wherever it goes. Log messages never hold it; but an exception that nobody expected may quote the text it
/// failed on, so of those only the types and the places in the code are logged.
/// </summary>
internal sealed class DiscreetLogging(LoggerFactory inner) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new Logger(inner.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public void Dispose() => inner.Dispose();

    /// <summary>The exception as it may be logged: itself where all its messages are about machines.</summary>
    internal static Exception? Discreet(Exception? exception)
    {
        for (var each = exception; each is not null; each = each.InnerException)
        {
            if (!IsAboutMachines(each)) return new QuotedNothingException(exception!);
        }

        return exception;
    }

    private static bool IsAboutMachines(Exception exception) => exception
        is StoreUnavailableException or UnreadableIncidentException or RepositoryUnavailableException or SettingException
        or SqliteException or IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException or HttpRequestException or AuthenticationFailedException
        or SlackException or System.Net.WebSockets.WebSocketException or System.ComponentModel.Win32Exception or OperationCanceledException or TimeoutException;

    private sealed class Logger(ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (inner.IsEnabled(logLevel)) inner.Log(logLevel, eventId, state, Discreet(exception), formatter);
        }
    }

    /// <summary>Stands for an exception of which some message may quote somebody.</summary>
    private sealed class QuotedNothingException(Exception real) : Exception(Said(real))
    {
        public override string ToString()
        {
            var text = new StringBuilder();
            for (var each = real; each is not null; each = each.InnerException) text.Append(each == real ? "" : "\n ---> ").Append(Said(each)).Append('\n').Append(each.StackTrace);
            return text.ToString();
        }

        private static string Said(Exception exception) => exception switch
        {
            _ when IsAboutMachines(exception) => $"{exception.GetType().FullName}: {exception.Message}",
            RequestFailedException failed => $"{exception.GetType().FullName}: {failed.Status} {failed.ErrorCode}", // its message repeats keys, which hold names
            _ => $"{exception.GetType().FullName} (its message is not logged: it may quote what somebody wrote)",
        };
    }
}
