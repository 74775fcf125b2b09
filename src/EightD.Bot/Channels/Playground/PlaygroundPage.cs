using System.Security.Cryptography;

namespace EightD.Bot.Channels.Playground;

/// <summary>The page's files, which are in the assembly: the bot serves them from whatever folder it is started in.</summary>
internal static class PlaygroundPage
{
    /// <summary>What <c>/</c> shows.</summary>
    public const string First = "index.html";

    private const string Prefix = "page/";

    private static readonly Dictionary<string, (byte[] Content, string ETag, string Type)> Files = Load();

    /// <summary>No script, style or address but our own; in no other page's frame.</summary>
    public static void Guard(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.XFrameOptions = "DENY";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }

    /// <summary>Answers with a file of the page; 404 where there is none of that name.</summary>
    public static async Task AnswerAsync(HttpContext context, string name)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method) || !Files.TryGetValue(name, out var file))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = file.Type;
        context.Response.Headers.ETag = file.ETag;
        context.Response.Headers.CacheControl = "no-cache";
        if (context.Request.Headers.IfNoneMatch == file.ETag) context.Response.StatusCode = StatusCodes.Status304NotModified;
        else if (HttpMethods.IsGet(context.Request.Method)) await context.Response.Body.WriteAsync(file.Content, context.RequestAborted);
    }

    private static Dictionary<string, (byte[] Content, string ETag, string Type)> Load()
    {
        var assembly = typeof(PlaygroundPage).Assembly;
        Dictionary<string, (byte[], string, string)> files = new(StringComparer.Ordinal);
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            files[resource[Prefix.Length..]] = (content, $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 12))}\"", TypeOf(resource));
        }

        return files;
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };
}
