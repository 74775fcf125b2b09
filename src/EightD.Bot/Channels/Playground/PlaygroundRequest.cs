using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace EightD.Bot.Channels.Playground;

/// <summary>Reads the playground's requests, and refuses those that do not come from this machine's own page or scripts.</summary>
internal static class PlaygroundRequest
{
    private const int LargestBody = 256 * 1024;
    private const int LongestName = 200;

    /// <summary>
    /// Whether the <c>Host</c> is this machine and the <c>Origin</c> absent or its own: a page of another site that a browser on this machine shows
    /// can reach the address too.
    /// </summary>
    public static bool IsFromHere(HttpRequest request) =>
        IsThisMachine(request.Host.Host)
        && (request.Headers.Origin.Count == 0 || string.Equals(request.Headers.Origin.ToString(), $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase));

    /// <summary>The words of the address, as they were sent: a name may hold any character, a slash too.</summary>
    public static string[] Words(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return [.. target.Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
    }

    /// <summary>Reads a body.</summary>
    /// <exception cref="RefusedRequestException">It is no JSON of that shape, or too large.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancel)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var media) || !media.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            throw new RefusedRequestException(StatusCodes.Status400BadRequest, "Send application/json.");
        }

        var body = await BodyAsync(request, cancel);
        try
        {
            return JsonText.Read(body, type);
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            throw new RefusedRequestException(StatusCodes.Status400BadRequest, "The body is no JSON of the shape that is expected here.");
        }
    }

    /// <summary>A name of a person or a conversation.</summary>
    /// <exception cref="RefusedRequestException">It is missing or too long.</exception>
    public static string Name(string? name, string what)
    {
        if (string.IsNullOrWhiteSpace(name)) throw new RefusedRequestException(StatusCodes.Status400BadRequest, $"Say {what}.");
        if (name.Contains('\uFFFD', StringComparison.Ordinal) || Encoding.UTF8.GetByteCount(name) > LongestName)
        {
            throw new RefusedRequestException(StatusCodes.Status400BadRequest, $"A name has at most {LongestName.ToString(CultureInfo.InvariantCulture)} bytes of whole characters.");
        }

        return name;
    }

    /// <summary>Text as it is kept: line ends become <c>\n</c>, NUL becomes U+FFFD.</summary>
    public static string Text(string? text) =>
        (text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace('\0', '\uFFFD');

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static async Task<byte[]> BodyAsync(HttpRequest request, CancellationToken cancel)
    {
        if (request.ContentLength > LargestBody) throw TooLarge();
        if (request.ContentLength is { } length)
        {
            var whole = new byte[length];
            await request.Body.ReadExactlyAsync(whole, cancel);
            return whole;
        }

        using var body = new MemoryStream();
        var part = new byte[16 * 1024];
        while (await request.Body.ReadAsync(part, cancel) is > 0 and var read)
        {
            body.Write(part, 0, read);
            if (body.Length > LargestBody) throw TooLarge();
        }

        return body.ToArray();
    }

    private static RefusedRequestException TooLarge() =>
        new(StatusCodes.Status413PayloadTooLarge, "That is more than 256 KB. Put the long part elsewhere and link to it.");
}

/// <summary>A request that is not taken.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="why">A sentence for whoever sent it.</param>
internal sealed class RefusedRequestException(int status, string why) : Exception(why)
{
    public int Status => status;
}
