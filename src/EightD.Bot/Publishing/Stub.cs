using EightD.Incidents; using EightD.Reports; using EightD.Reports.Folder; using EightD.Reports.Templates;
namespace EightD.Bot.Publishing;
internal sealed record RepositoryOptions(string Remote, string Branch, string? Folder, string AuthorName, string AuthorEmail);
internal sealed record PublishRequest(Report Report, string? PublishedAs, Person By, string Subject, IReadOnlyList<string> Trailers, string EffectId, DateTimeOffset At);
internal sealed class RepositoryUnavailableException(string m, Exception? c = null) : Exception(m, c);
internal sealed class ReportRepository(RepositoryOptions o) { public RepositoryOptions O => o;
 public Task<int> HighestNumberAsync(CancellationToken c) => Task.FromResult(0);
 public Task EnsureUsableAsync(CancellationToken c) => Task.CompletedTask;
 public Task<IReadOnlyList<ReportEntry>> ListAsync(CancellationToken c) => Task.FromResult<IReadOnlyList<ReportEntry>>([]);
 public Task<(ReportEntry Entry, string Text)?> FindAsync(int n, CancellationToken c) => Task.FromResult<(ReportEntry,string)?>(null);
 public Task<IReadOnlyList<Template>> TemplatesAsync(CancellationToken c) => Task.FromResult<IReadOnlyList<Template>>([]);
 public Task<PublishOutcome> PublishAsync(PublishRequest r, CancellationToken c) => Task.FromResult<PublishOutcome>(new PublishOutcome.Done("0123456789abcdef", "docs/8d/x.md", "x.md", r.Report.Text)); }
