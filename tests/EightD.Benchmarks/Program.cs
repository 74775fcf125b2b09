using BenchmarkDotNet.Running;
using EightD.Benchmarks;

return args switch
{
    ["load", var url, var seconds, var process] => await Load.RunAsync(new(url), Number(seconds), Number(process)),
    ["assign", var url, var count, var due] => await Load.AssignAsync(new(url), Number(count), due),
    ["remind", var url, var count] => await Load.RemindAsync(new(url), Number(count)),
    ["raw", var connection, var seconds, var bytes] => await Raw.RunAsync(connection, Number(seconds), Number(bytes)),
    ["slack", var url, var seconds] => await SlackLoad.RunAsync(new(url), Number(seconds), api: null),
    ["slack", var url, var seconds, var api] => await SlackLoad.RunAsync(new(url), Number(seconds), new(api)),
    ["git", var folder] => await Git.RunAsync(folder),
    ["fill", var path, var count] => await Fill.RunAsync(path, Number(count)),
    _ => BenchmarkSwitcher.FromAssembly(typeof(Load).Assembly).Run(args).Any() ? 0 : 1,
};

static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
