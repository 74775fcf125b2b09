using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace EightD.Bot.Tests.Publishing;

/// <summary>A real ssh server on loopback (Debian's <c>openssh-server</c>), which lets one key in.</summary>
internal sealed class GitSshServer : IDisposable
{
    private const string Program = "/usr/sbin/sshd";

    private readonly Process process;
    private readonly TempFolder folder;

    private GitSshServer(Process process, TempFolder folder, int port)
    {
        this.process = process;
        this.folder = folder;
        Port = port;
    }

    public int Port { get; }

    /// <summary>The key that is let in, another one, the server's own keys as a client knows them, and those of another server.</summary>
    public string Key => folder["ssh/key"];

    public string OtherKey => folder["ssh/other"];

    public string KnownHosts => folder["ssh/known"];

    public string OtherHosts => folder["ssh/others"];

    /// <summary>Starts it.</summary>
    /// <param name="folder">Where its keys are.</param>
    /// <param name="isPlain">Whether it accepts no variable from clients, as Debian's is set up.</param>
    public static async Task<GitSshServer> StartAsync(TempFolder folder, bool isPlain = false)
    {
        var port = FreePort.Next();
        Directory.CreateDirectory(folder["ssh"]);
        Directory.CreateDirectory("/run/sshd");
        foreach (var name in new[] { "key", "other", "host", "otherhost" }) Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder[$"ssh/{name}"]);
        File.Copy(folder["ssh/key.pub"], folder["ssh/authorized"]);
        foreach (var (name, host) in new[] { ("known", "host"), ("others", "otherhost") }) await File.WriteAllTextAsync(folder[$"ssh/{name}"], $"[127.0.0.1]:{port.ToString(CultureInfo.InvariantCulture)} {await File.ReadAllTextAsync(folder[$"ssh/{host}.pub"])}");
        await File.WriteAllTextAsync(folder["ssh/config"], $"""
            ListenAddress 127.0.0.1
            Port {port.ToString(CultureInfo.InvariantCulture)}
            HostKey {folder["ssh/host"]}
            AuthorizedKeysFile {folder["ssh/authorized"]}
            PidFile none
            StrictModes no
            UsePAM no
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PermitRootLogin prohibit-password
            {(isPlain ? "" : "AcceptEnv GIT_PROTOCOL")}
            """);
        var started = Process.Start(new ProcessStartInfo(Program, ["-D", "-e", "-f", folder["ssh/config"]]) { UseShellExecute = false, RedirectStandardError = true })!;
        _ = started.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await Conversations.People.UntilAsync(() => Task.FromResult(started.HasExited || IsOpen(port)), "the ssh server listens");
        Assert.False(started.HasExited);
        return new(started, folder, port);
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    private static bool IsOpen(int port)
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        using var run = Process.Start(program, arguments);
        run.WaitForExit();
        Assert.Equal(0, run.ExitCode);
    }
}
