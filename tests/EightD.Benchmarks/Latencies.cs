using System.Globalization;

namespace EightD.Benchmarks;

/// <summary>How long each of many requests took.</summary>
/// <param name="each">In milliseconds.</param>
internal sealed class Latencies(IEnumerable<double> each)
{
    private readonly double[] ordered = [.. each.Order()];

    public int Count => ordered.Length;

    /// <summary>The median, the hundredth and the longest.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"p50 {At(0.5):F1} ms, p99 {At(0.99):F1} ms, longest {ordered[^1]:F1} ms");

    private double At(double share) => ordered[(int)(ordered.Length * share)];
}
