using System.Buffers;

namespace EightD.Bot.Channels;

/// <summary>Reads what a platform posts.</summary>
internal static class RequestBody
{
    /// <summary>The longest body: what platforms send is far below it.</summary>
    private const int MostBytes = 1024 * 1024;

    /// <summary>The body as it came; null where it is too long.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > MostBytes) return null;
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(request.HttpContext.RequestAborted);
            if (read.Buffer.Length > MostBytes)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End); // the server reads the rest away, so that whoever still sends gets the answer
                return null;
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return body;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
