using EightD.Bot.Storage;

namespace EightD.Bot.Tests.Storage;

/// <summary>The store of production, against a real Azurite.</summary>
public sealed class AzureBlobStoreTests(AzuriteServer azurite) : BlobStoreTests
{
    private readonly string container = AzuriteServer.NewContainer();

    [Fact]
    public async Task Two_processes_see_what_each_other_wrote()
    {
        var (one, other) = (await OpenAsync(), await OpenAsync());
        var tag = await one.TryPutAsync("k", Bytes("1"), PutIf.Absent, Cancel);

        Assert.Null(await other.TryPutAsync("k", Bytes("2"), PutIf.Absent, Cancel));
        Assert.NotNull(await other.TryPutAsync("k", Bytes("3"), PutIf.Unchanged(tag!), Cancel));
        Assert.Equal("3", Text(await one.GetAsync("k", Cancel)));
        Assert.True(one.IsShared);
    }

    private protected override async ValueTask<IBlobStore> OpenAsync() => await azurite.OpenAsync(container);
}
