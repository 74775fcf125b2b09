using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration.Memory;

namespace EightD.Bot.Settings;

/// <summary>Where settings come from: ASP.NET Core's own places, with the bot's defaults below them.</summary>
internal static class Configuring
{
    /// <summary>Settings are read once. Watching for changes of a file would follow every write to the data below the same folder.</summary>
    private const string DoNotWatch = "--hostBuilder:reloadConfigOnChange=false";

    /// <summary>A builder with the configuration read, and nothing that logs.</summary>
    /// <param name="args">The command line.</param>
    /// <exception cref="SettingException">A file or an argument cannot be read.</exception>
    public static WebApplicationBuilder Builder(string[] args)
    {
        try
        {
            var builder = WebApplication.CreateBuilder([DoNotWatch, .. args]);
            builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = BotSettings.Defaults(builder.Environment.IsDevelopment()) });
            builder.Logging.ClearProviders();
            return builder;
        }
        catch (InvalidDataException cause)
        {
            throw new SettingException("appsettings.json", $"it is no JSON{Place(cause)}; mend it, or move it away.", cause);
        }
        catch (Exception cause) when (cause is FormatException or ArgumentException or NotSupportedException)
        {
            throw new SettingException("Arguments", "one of them cannot be read; settings are given as --Key=value.", cause);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new SettingException("ContentRoot", "the folder or its appsettings.json cannot be read; let this user read it, or start the bot in another folder.", cause);
        }
    }

    /// <summary>Where the file is wrong. The parser's own words could repeat a piece of a secret.</summary>
    private static string Place(InvalidDataException cause) =>
        cause.GetBaseException() is JsonException { LineNumber: { } line } ? string.Create(CultureInfo.InvariantCulture, $" (line {line + 1})") : "";
}
