using System.Diagnostics;

namespace EightD.Bot.Tests.Operating;

/// <summary>A disk of a few megabytes, in memory, in a folder of its own. Skips the test where this user may not mount one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TempFolder folder = new();

    private SmallDisk() { }

    public string Path => folder.Path;

    private string Filler => folder["filler"];

    public static SmallDisk Mount(string size)
    {
        var disk = new SmallDisk();
        if (OperatingSystem.IsLinux() && Succeeds("mount", "-t", "tmpfs", "-o", $"size={size}", "none", disk.Path)) return disk;
        disk.folder.Dispose();
        Assert.Skip("This user may not mount a small disk.");
        return disk;
    }

    /// <summary>Takes all the room that is left.</summary>
    public void Fill()
    {
        using var file = File.Create(Filler);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(block);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // it is full
        }
    }

    public void MakeRoom() => File.Delete(Filler);

    public void AllowNoWrites() => Assert.True(Succeeds("mount", "-o", "remount,ro", Path));

    public void Dispose()
    {
        Succeeds("umount", "--lazy", Path);
        folder.Dispose();
    }

    private static bool Succeeds(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
