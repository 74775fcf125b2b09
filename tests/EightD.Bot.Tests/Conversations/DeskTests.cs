namespace EightD.Bot.Tests.Conversations;

/// <summary>Tests of a chat of their own, which each opens as it needs it, and of a desk beside it at which people work on its reports with git.</summary>
public abstract class DeskTests : IAsyncDisposable
{
    private protected TempFolder Desk { get; } = new();

    private protected Chat Chat => Opened!;

    private protected Chat? Opened { get; set; }

    public async ValueTask DisposeAsync()
    {
        if (Opened is not null) await Opened.DisposeAsync();
        Desk.Dispose();
        GC.SuppressFinalize(this);
    }
}
