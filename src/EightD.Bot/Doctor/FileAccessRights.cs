using System.Runtime.InteropServices;
using System.Text;

namespace EightD.Bot.Doctor;

/// <summary>Asks the system for rights without making use of them.</summary>
internal static class FileAccessRights
{
    private const int Write = 2;

    /// <summary>Whether this user may write files into a folder; where it is not there, may make it.</summary>
    public static bool MayWriteInto(string folder) =>
        Nearest(folder) is var there && Directory.Exists(there) && MayWrite(there) && new DriveInfo(there).DriveFormat is not ("proc" or "sysfs");

    /// <summary>Whether this user may write what is there.</summary>
    public static bool MayWrite(string path) => OperatingSystem.IsWindows() || Access(Encoding.UTF8.GetBytes(path + '\0'), Write) == 0;

    /// <summary>The bytes that this user may still write where a path is or would be.</summary>
    public static long FreeAt(string path) => new DriveInfo(Nearest(path)).AvailableFreeSpace;

    private static string Nearest(string path) => Path.Exists(path) ? path : Nearest(Path.GetDirectoryName(path)!);

    [DllImport("libc", EntryPoint = "access")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Access(byte[] path, int mode);
}
