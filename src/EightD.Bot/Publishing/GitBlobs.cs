using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;

namespace EightD.Bot.Publishing;

/// <summary>Reads what <c>git cat-file --batch</c> prints: for each object a line <c>HASH blob SIZE</c>, its bytes, a line end; or <c>HASH missing</c>.</summary>
internal static class GitBlobs
{
    /// <summary>The blobs, as they come. What is longer than allowed, missing or no blob is passed over without being kept.</summary>
    /// <param name="stream">What it prints.</param>
    /// <param name="most">The bytes that a blob may have.</param>
    /// <param name="cancel">Ends it.</param>
    public static async IAsyncEnumerable<(string Hash, byte[] Bytes)> ReadAsync(Stream stream, int most, [EnumeratorCancellation] CancellationToken cancel)
    {
        var reader = PipeReader.Create(stream, new(leaveOpen: true));
        while (await LineAsync(reader, cancel) is { } line)
        {
            if (line.Split(' ') is not [var hash, var kind, var length]) continue;
            var size = long.Parse(length, System.Globalization.CultureInfo.InvariantCulture);
            var bytes = kind == "blob" && size <= most ? new byte[size] : null;
            await BytesAsync(reader, size, bytes, cancel);
            await BytesAsync(reader, 1, into: null, cancel);
            if (bytes is not null) yield return (hash, bytes);
        }

        await reader.CompleteAsync();
    }

    private static async Task<string?> LineAsync(PipeReader reader, CancellationToken cancel)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancel);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Encoding.UTF8.GetString(read.Buffer.Slice(0, end));
                reader.AdvanceTo(read.Buffer.GetPosition(1, end));
                return line;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted) return null;
        }
    }

    private static async Task BytesAsync(PipeReader reader, long count, byte[]? into, CancellationToken cancel)
    {
        for (long at = 0; at < count;)
        {
            var read = await reader.ReadAsync(cancel);
            var part = read.Buffer.Slice(0, Math.Min(count - at, read.Buffer.Length));
            if (into is not null) part.CopyTo(into.AsSpan((int)at));
            at += part.Length;
            reader.AdvanceTo(part.End);
            if (read.IsCompleted && part.Length == 0) throw new EndOfStreamException("git ended in the middle of a blob.");
        }
    }
}
