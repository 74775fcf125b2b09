using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using EightD.Bot.Channels.Playground;
using EightD.CheckTool;
using EightD.Incidents;
using EightD.Reports;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace EightD.Bot.Tests;

/// <summary>The layers, and which way they look: downwards only.</summary>
public sealed class ArchitectureTests
{
    private const string Reports = @"^EightD\.Reports(\.|$)";
    private const string Incidents = @"^EightD\.Incidents(\.|$)";
    private const string CheckTool = @"^EightD\.CheckTool(\.|$)";
    private const string Bot = @"^EightD\.Bot(\.|$)";

    private static readonly Architecture Layers = new ArchLoader().LoadAssemblies(typeof(Report).Assembly, typeof(Incident).Assembly, typeof(CheckVerb).Assembly, typeof(PlaygroundChannel).Assembly).Build();

    [Theory]
    [InlineData(Reports, Incidents)]
    [InlineData(Reports, Bot)]
    [InlineData(Incidents, Bot)]
    [InlineData(CheckTool, Incidents)]
    [InlineData(CheckTool, Bot)]
    [InlineData(@"^EightD\.Bot\.Storage$", Reports)]
    [InlineData(@"^EightD\.Bot\.Storage$", Incidents)]
    [InlineData(@"^EightD\.Bot\.Storage$", @"^EightD\.Bot\.(Channels|Pages|Publishing|Turns)(\.|$)")]
    [InlineData(@"^EightD\.Bot\.Settings$", @"^EightD\.Bot\.(Channels|Pages|Publishing|Storage|Turns)(\.|$)")]
    [InlineData(@"^EightD\.Bot\.Publishing$", @"^EightD\.Bot\.(Channels|Pages|Storage|Turns)(\.|$)")]
    [InlineData(@"^EightD\.Bot\.Channels$", @"^EightD\.Bot\.(Channels\..*|Pages|Publishing|Storage|Turns)$")]
    [InlineData(@"^EightD\.Bot\.Turns$", @"^EightD\.Bot\.(Channels\..*|Pages)$")]
    [InlineData(@"^EightD\.Bot\.Pages$", @"^EightD\.Bot\.(Channels|Publishing|Turns)(\.|$)")]
    public void A_layer_does_not_know_what_is_above_it(string layer, string above)
    {
        Assert.NotEmpty(Types().That().ResideInNamespaceMatching(layer).GetObjects(Layers));
        Types().That().ResideInNamespaceMatching(layer).Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(above)).Check(Layers);
    }

    [Fact]
    public void Nothing_but_the_start_knows_the_playground() =>
        Types().That().ResideInNamespaceMatching(Bot).And().DoNotResideInNamespaceMatching(@"^EightD\.Bot\.Channels\.Playground$").And().DoNotHaveNameMatching("^Serve$")
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(@"^EightD\.Bot\.Channels\.Playground$")).Check(Layers);

    [Fact]
    public void Channels_do_not_know_each_other()
    {
        var channels = Layers.Types.Select(type => type.Namespace.FullName).Where(name => name.StartsWith("EightD.Bot.Channels.", StringComparison.Ordinal)).Select(name => name.Split('.')[3]).Distinct(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(channels);
        foreach (var channel in channels)
        {
            foreach (var other in channels.Where(each => each != channel && each != "Spelling")) // which knows no channel
            {
                Types().That().ResideInNamespaceMatching($@"^EightD\.Bot\.Channels\.{channel}(\.|$)").Should().NotDependOnAny(Types().That().ResideInNamespaceMatching($@"^EightD\.Bot\.Channels\.{other}(\.|$)")).Check(Layers);
            }
        }
    }

    [Theory]
    [InlineData(Reports)]
    [InlineData(Incidents)]
    public void What_is_pure_reads_no_file_no_clock_and_no_network(string layer)
    {
        string[] impure = ["System.IO.File", "System.IO.Directory", "System.IO.FileStream", "System.Net.Http.HttpClient", "System.Net.Sockets.Socket", "System.Diagnostics.Process", "System.Random", "System.TimeProvider", "System.Threading.Tasks.Task"];
        Assert.All(Types().That().ResideInNamespaceMatching(layer).GetObjects(Layers), type =>
            Assert.DoesNotContain(type.Dependencies, dependency => impure.Contains(dependency.Target.FullName, StringComparer.Ordinal)));
    }
}
