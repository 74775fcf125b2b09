using System.Runtime.InteropServices;
using System.Text;

namespace EightD.Bot.Doctor;

/// <summary>Asks the system for rights without making use of them.</summary>
internal static class FileAccessRights
{
    private const int Write = 2;

    /// <summary>Whether this user may write a file or into a folder; of what is not there, into the nearest folder above it that is.</summary>
    public static bool MayWrite(string path)
    {
        var there = Nearest(path);
        if (there != path && !Directory.Exists(there)) return false; // a file stands where a folder should
        return OperatingSystem.IsWindows() || (Access(Encoding.UTF8.GetBytes(there + '\0'), Write) == 0 && new DriveInfo(there).DriveFormat is not ("proc" or "sysfs"));
    }

    /// <summary>The bytes that this user may still write where a path is or would be.</summary>
    public static long FreeAt(string path) => new DriveInfo(Nearest(path)).AvailableFreeSpace;

    private static string Nearest(string path) => Path.Exists(path) ? path : Nearest(Path.GetDirectoryName(path)!);

    [DllImport("libc", EntryPoint = "access")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Access(byte[] path, int mode);
}
