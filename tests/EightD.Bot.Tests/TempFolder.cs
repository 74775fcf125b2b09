using System.Diagnostics;

namespace EightD.Bot.Tests;

/// <summary>A folder of a test's own, removed after it.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("8d-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a program for the shell; its path. Another process writes it: a file that this one has open is passed on to whatever another test starts meanwhile, and cannot be run so long ("Text file busy").</summary>
    public string Program(string name, string script)
    {
        File.WriteAllText(this[name + ".text"], "#!/bin/sh\n" + script);
        using var install = Process.Start("install", ["-m", "755", this[name + ".text"], this[name]]);
        install.WaitForExit();
        Assert.Equal(0, install.ExitCode);
        return this[name];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
