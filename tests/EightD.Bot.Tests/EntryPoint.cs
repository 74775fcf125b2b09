using EightD.Bot.Tests.Slack;
using Xunit.MicrosoftTestingPlatform;

namespace EightD.Bot.Tests;

/// <summary>Runs the tests; with <c>play http|socket FOLDER</c> plays an 8D in a stand-in Slack with the bot that was published into that folder.</summary>
internal static class EntryPoint
{
    public static Task<int> Main(string[] args) => args switch
    {
        ["play", var way and ("http" or "socket"), var build] => SlackPlay.RunAsync(build, overSocket: way == "socket"),
        _ => TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    };
}
