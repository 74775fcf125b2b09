using System.Net;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using EightD.Bot.Settings;

namespace EightD.Bot.Storage;

/// <summary>
/// The store in Azure Blob Storage: one container, shared by any number of processes. A conditional write whose answer was lost is sent again, and one that
/// is then refused is recognised as our own by the mark that it carries.
/// </summary>
internal sealed class AzureBlobStore : IBlobStore
{
    /// <summary>Keys in a page of a listing: an idle sweep reads one.</summary>
    private const int PageSize = 500;

    private const int Tries = 3;
    private const string Mark = "write";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly BlobContainerClient reading, writing;

    private readonly string setting;

    private AzureBlobStore(BlobContainerClient reading, BlobContainerClient writing, string setting) => (this.reading, this.writing, this.setting) = (reading, writing, setting);

    /// <inheritdoc/>
    public bool IsShared => true;

    /// <summary>Opens the store; nothing is asked yet.</summary>
    /// <param name="settings">A connection string, or the account's address with the identity that the bot runs as.</param>
    /// <exception cref="SettingException">The connection string cannot be read.</exception>
    public static AzureBlobStore Open(BotSettings settings)
    {
        var source = settings.StorageConnectionString is null ? "Storage:ServiceUri" : "Storage:ConnectionString";
        try
        {
            return new(Container(settings, tries: Tries), Container(settings, tries: 0), source); // a write's repetitions are our own
        }
        catch (Exception cause) when (cause is FormatException or InvalidOperationException or ArgumentException)
        {
            throw new SettingException(source, "this is no connection string; take it from the account's access keys."); // without the cause: it repeats the secret
        }
    }

    /// <summary>Makes the container where it is missing.</summary>
    /// <exception cref="SettingException">The account cannot be reached, or does not let us in.</exception>
    public async Task EnsureUsableAsync(CancellationToken cancel)
    {
        try
        {
            await reading.CreateIfNotExistsAsync(cancellationToken: cancel);
        }
        catch (Exception cause) when (IsFailure(cause, cancel))
        {
            throw new SettingException(setting, Complaint(cause, reading.Name), cause);
        }
    }

    /// <summary>Looks whether the container is there, and makes none; and what time it is in the account.</summary>
    /// <exception cref="SettingException">The account cannot be reached, or does not let us in.</exception>
    public async Task<(bool IsThere, DateTimeOffset? Clock)> LookAsync(CancellationToken cancel)
    {
        try
        {
            return (IsThere: true, (await reading.GetPropertiesAsync(cancellationToken: cancel)).GetRawResponse().Headers.Date);
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            return (IsThere: false, missing.GetRawResponse()?.Headers.Date);
        }
        catch (Exception cause) when (IsFailure(cause, cancel))
        {
            throw new SettingException(setting, Complaint(cause, reading.Name), cause);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<Blob?> GetAsync(string key, CancellationToken cancel)
    {
        try
        {
            var answer = await reading.GetBlobClient(key).DownloadContentAsync(cancel);
            return new Blob(answer.Value.Content.ToMemory(), answer.Value.Details.ETag.ToString());
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
        catch (Exception cause) when (IsFailure(cause, cancel))
        {
            throw new StoreUnavailableException("The store could not be read.", cause);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<string?> TryPutAsync(string key, ReadOnlyMemory<byte> content, PutIf condition, CancellationToken cancel)
    {
        var blob = writing.GetBlobClient(key);
        var mark = Guid.NewGuid().ToString("N");
        var options = new BlobUploadOptions
        {
            Conditions = condition switch
            {
                { MustBeAbsent: true } => new BlobRequestConditions { IfNoneMatch = ETag.All },
                { ETag: { } etag } => new BlobRequestConditions { IfMatch = new ETag(etag) },
                _ => null,
            },
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { [Mark] = mark },
        };
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return (await blob.UploadAsync(BinaryData.FromBytes(content), options, cancel)).Value.ETag.ToString();
            }
            catch (RequestFailedException refused) when (IsRefusal(refused))
            {
                return attempt == 1 ? null : await OwnAsync(key, mark, cancel);
            }
            catch (Exception cause) when (IsFailure(cause, cancel))
            {
                if (attempt == Tries || !IsPassing(cause)) throw new StoreUnavailableException("The store could not write.", cause);
            }

            await Task.Delay(Random.Shared.Next(50, 100 << attempt), cancel);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DeleteAsync(string key, CancellationToken cancel)
    {
        try
        {
            await reading.GetBlobClient(key).DeleteIfExistsAsync(cancellationToken: cancel);
        }
        catch (Exception cause) when (IsFailure(cause, cancel))
        {
            throw new StoreUnavailableException("The store could not remove.", cause);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Listed> ListAsync(string prefix, string? from, [EnumeratorCancellation] CancellationToken cancel)
    {
        var options = new GetBlobsOptions { Prefix = prefix };
        if (from is not null && string.CompareOrdinal(from, prefix) > 0) options.StartFrom = from;
        await using var pages = reading.GetBlobsAsync(options, cancel).AsPages(pageSizeHint: PageSize).GetAsyncEnumerator(cancel);
        while (await NextAsync(pages, cancel))
        {
            foreach (var item in pages.Current.Values) yield return new(item.Name, item.Properties.ETag?.ToString("H") ?? "");
        }
    }

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<Page<BlobItem>> pages, CancellationToken cancel)
    {
        try
        {
            return await pages.MoveNextAsync();
        }
        catch (Exception cause) when (IsFailure(cause, cancel))
        {
            throw new StoreUnavailableException("The store could not be listed.", cause);
        }
    }

    /// <summary>The tag of what stands there where this very write made it, its answer being lost; else null.</summary>
    private async ValueTask<string?> OwnAsync(string key, string mark, CancellationToken cancel)
    {
        try
        {
            var stands = (await reading.GetBlobClient(key).GetPropertiesAsync(cancellationToken: cancel)).Value;
            return stands.Metadata.TryGetValue(Mark, out var written) && written == mark ? stands.ETag.ToString() : null;
        }
        catch (RequestFailedException missing) when (missing.Status == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
        catch (Exception cause) when (IsFailure(cause, cancel))
        {
            throw new StoreUnavailableException("The store could not say what became of a write.", cause);
        }
    }

    private static bool IsRefusal(RequestFailedException failed) =>
        failed.Status == (int)HttpStatusCode.PreconditionFailed || failed.ErrorCode == BlobErrorCode.BlobAlreadyExists || failed.ErrorCode == BlobErrorCode.BlobNotFound;

    private static bool IsFailure(Exception cause, CancellationToken cancel) => cause switch
    {
        RequestFailedException or AuthenticationFailedException or AggregateException or IOException or HttpRequestException => true,
        OperationCanceledException => !cancel.IsCancellationRequested, // the network's patience, not the caller's
        _ => false,
    };

    /// <summary>Whether the same write may succeed a moment later.</summary>
    private static bool IsPassing(Exception cause) => cause is not (AuthenticationFailedException or RequestFailedException { Status: >= 400 and < 500 and not 408 and not 429 });

    private static BlobContainerClient Container(BotSettings settings, int tries)
    {
        var options = new BlobClientOptions(BlobClientOptions.ServiceVersion.V2026_06_06); // the newest that Azurite knows, and the same tomorrow
        options.Retry.MaxRetries = tries;
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.Delay = TimeSpan.FromMilliseconds(100);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(1);
        options.Retry.NetworkTimeout = Patience;
        options.Diagnostics.IsLoggingEnabled = false;
        return settings.StorageConnectionString is { } connection
            ? new BlobServiceClient(connection, options).GetBlobContainerClient(settings.StorageContainer)
            : new BlobServiceClient(settings.StorageServiceUri, Identity(), options).GetBlobContainerClient(settings.StorageContainer);
    }

    /// <summary>What production has: a managed or a workload identity, chosen by <c>AZURE_CLIENT_ID</c> where there are several. Nobody's own login.</summary>
    private static DefaultAzureCredential Identity() => new(new DefaultAzureCredentialOptions
    {
        ExcludeAzureCliCredential = true,
        ExcludeAzureDeveloperCliCredential = true,
        ExcludeAzurePowerShellCredential = true,
        ExcludeBrokerCredential = true,
        ExcludeEnvironmentCredential = true,
        ExcludeInteractiveBrowserCredential = true,
        ExcludeVisualStudioCodeCredential = true,
        ExcludeVisualStudioCredential = true,
    });

    /// <summary>What is wrong, and the remedy; never what the service wrote, which may name an account's details.</summary>
    private static string Complaint(Exception cause, string container) => cause switch
    {
        AuthenticationFailedException => "there is no identity to log in with; give the bot a managed identity, and name it by AZURE_CLIENT_ID where it has several.",
        RequestFailedException { ErrorCode: "AuthenticationFailed" } => "the account refuses the key; take the connection string from the account's access keys anew, and see that this machine's clock is right.",
        RequestFailedException { Status: 403 } => $"the account does not let the bot into the container `{container}`; give its identity the role Storage Blob Data Contributor.",
        RequestFailedException { Status: 404 } => "there is no blob storage at this address; check the account's name.",
        _ => "the account cannot be reached; check the address and the network.",
    };
}
