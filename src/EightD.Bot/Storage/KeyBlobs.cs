using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;

namespace EightD.Bot.Storage;

/// <summary>
/// The keys of ASP.NET Core's data protection, in the store, so that every process can read what another encrypted. The framework asks without waiting, so
/// these two wait in its place; it asks at the start and once a day.
/// </summary>
internal sealed class KeyBlobs(IBlobStore blobs) : IXmlRepository
{
    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements() => Task.Run(ReadAsync).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName) =>
        Task.Run(async () => await blobs.TryPutAsync(Keys.Protection(Guid.NewGuid().ToString("N")), Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting)), PutIf.Absent, CancellationToken.None)).GetAwaiter().GetResult();

    private async Task<IReadOnlyCollection<XElement>> ReadAsync()
    {
        List<XElement> keys = [];
        await foreach (var (key, _) in blobs.ListAsync(Keys.AllProtection, null, CancellationToken.None))
        {
            if (await blobs.GetAsync(key, CancellationToken.None) is { } blob) keys.Add(XElement.Parse(Encoding.UTF8.GetString(blob.Content.Span)));
        }

        return keys;
    }
}

/// <summary>What encrypts, and signs what is handed out and comes back.</summary>
internal static class Protecting
{
    /// <summary>ASP.NET Core's data protection, its keys in the store.</summary>
    public static WebApplicationBuilder AddProtection(this WebApplicationBuilder builder)
    {
        builder.Services.AddDataProtection().SetApplicationName("8D Bot");
        builder.Services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(keys => keys.XmlRepository = new KeyBlobs(provider.GetRequiredService<IBlobStore>())));
        return builder;
    }
}
