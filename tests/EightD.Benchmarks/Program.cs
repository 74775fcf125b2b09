using BenchmarkDotNet.Running;
using EightD.Benchmarks;

return args switch
{
    ["load", var url, .. var rest] => await Load.RunAsync(new(url), seconds: rest is [var seconds, ..] ? int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture) : 10),
    ["fill", var path, var count] => await Fill.RunAsync(path, int.Parse(count, System.Globalization.CultureInfo.InvariantCulture)),
    _ => BenchmarkSwitcher.FromAssembly(typeof(Load).Assembly).Run(args).Any() ? 0 : 1,
};
