using System.Buffers;

namespace EightD.Bot.Storage;

/// <summary>Bytes that are written once and then not needed any more: their memory goes back to the pool.</summary>
internal sealed class PooledBlob(int length) : IDisposable
{
    private readonly byte[] rented = ArrayPool<byte>.Shared.Rent(length);

    public Memory<byte> Content => rented.AsMemory(0, length);

    public void Dispose() => ArrayPool<byte>.Shared.Return(rented);
}
