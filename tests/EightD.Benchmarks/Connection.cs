using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace EightD.Benchmarks;

/// <summary>A connection that stays open, and costs little of the cores that it shares with what is measured.</summary>
internal sealed class Connection(TcpClient client) : IDisposable
{
    private readonly byte[] buffer = new byte[16 * 1024];

    public static async Task<Connection> OpenAsync(Uri url)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(url.Host, url.Port);
        return new(client);
    }

    /// <summary>Sends a request, and waits for all of its answer.</summary>
    /// <exception cref="InvalidOperationException">It was answered by another status than 200.</exception>
    public async Task PostAsync(byte[] request)
    {
        await client.GetStream().WriteAsync(request);
        var read = 0;
        do
        {
            var more = await client.GetStream().ReadAsync(buffer.AsMemory(read));
            if (more == 0) throw new IOException("The connection was closed.");
            read += more;
        }
        while (!IsWhole(buffer.AsSpan(0, read)));
        if (!buffer.AsSpan(0, read).StartsWith("HTTP/1.1 200"u8)) throw new InvalidOperationException(Encoding.UTF8.GetString(buffer, 0, read));
    }

    public void Dispose() => client.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0) return false;
        var at = answer[..end].IndexOf("Content-Length: "u8);
        if (at < 0) return answer.EndsWith("0\r\n\r\n"u8);
        return Utf8Parser.TryParse(answer[(at + 16)..], out int length, out _) && answer.Length - end - 4 >= length;
    }
}
