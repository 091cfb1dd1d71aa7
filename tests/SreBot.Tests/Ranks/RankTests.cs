using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace SreBot.Tests.Ranks;

/// <summary>Keeps ARCHITECTURE.md's ranks: a file uses folders of a lower rank only, never a sibling.</summary>
public sealed class RankTests
{
    private static readonly string[][] Order =
    [
        ["Model"],
        ["Embedded", "Telemetry", "Postgres", "Rca", "Charts"],
        ["Access", "Replies"],
        ["Evidence", "Delivery"],
        ["Alerts", "Changes", "Incidents", "Metrics", "Investigations", "Planning"],
        ["Api", "Dashboard", "Cli", "Hosting"],
    ];

    /// <summary>The one file that sees everything, and the page that calls it.</summary>
    private static readonly string[] Wiring = ["Hosting/SreBotServices.cs", "Program.cs"];

    public static TheoryData<string> Folders => [.. Order.SelectMany(rank => rank)];

    [Fact]
    public void Every_folder_has_a_rank()
    {
        var folders = Sources.Read("SreBot").Select(file => file.Folder).Where(folder => folder.Length > 0).Distinct();

        Assert.Empty(folders.Except(Order.SelectMany(rank => rank)));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Uses_lower_ranks_only(string folder)
    {
        var higherOrSibling = Order.SkipWhile(rank => !rank.Contains(folder)).SelectMany(rank => rank).Where(other => other != folder);
        var forbidden = new Regex($@"\busing (static )?SreBot\.({string.Join('|', higherOrSibling)})\b|(?<![\w.])(SreBot\.)?({string.Join('|', higherOrSibling)})\.[A-Z]\w+");

        var uses = Sources.Read("SreBot")
            .Where(file => file.Folder == folder && !Wiring.Contains(file.Path))
            .SelectMany(file => forbidden.Matches(Sources.CodeOf(file.Text)).Select(match => $"{file.Path}: {match.Value}"));

        Assert.Empty(uses);
    }

    [Fact]
    public void Files_live_in_the_namespace_of_their_folder()
    {
        var strays = from assembly in new[] { "SreBot", "SreBot.Adapters" }
                     from file in Sources.Read(assembly)
                     let declared = Regex.Match(file.Text, @"^namespace ([\w.]+);", RegexOptions.Multiline)
                     where declared.Success && declared.Groups[1].Value != $"{assembly}/{Path.GetDirectoryName(file.Path)}".Replace('/', '.')
                     select $"{file.Path}: {declared.Groups[1].Value}";

        Assert.Empty(strays);
    }

    [Fact]
    public void Adapters_name_no_concept_of_the_product()
    {
        var words = new Regex("incident|alert|telemetry|severity|clickhouse|postgres|latency|outbox", RegexOptions.IgnoreCase);

        var uses = Sources.Read("SreBot.Adapters").SelectMany(file => words.Matches(Sources.CodeOf(file.Text)).Select(match => $"{file.Path}: {match.Value}"));

        Assert.Empty(uses);
    }

    [Theory]
    [InlineData("Alerts/States/AlertPolicies.cs")]
    [InlineData("Alerts/States/AlertSight.cs")]
    [InlineData("Alerts/States/AlertStateMachine.cs")]
    [InlineData("Alerts/States/AlertStep.cs")]
    [InlineData("Alerts/States/AlertVerdict.cs")]
    [InlineData("Rca/RcaEngine.cs")]
    [InlineData("Charts/ChartSvg.cs")]
    public void Pure_types_read_no_clock_and_do_no_work_outside(string path)
    {
        var code = Sources.CodeOf(Sources.Read("SreBot").Single(file => file.Path == path).Text);

        Assert.DoesNotMatch(@"\b(TimeProvider|async|await|Task|File|HttpClient|Stopwatch|Random|ILogger)\b", code);
    }

    [Fact]
    public void Nothing_static_changes()
    {
        var fields = from assembly in new[] { typeof(SreBot.Hosting.SreBotServices).Assembly, typeof(SreBot.Adapters.Chat.ChatTurn).Assembly }
                     from type in assembly.GetTypes()
                     where !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && !type.Name.Contains('<', StringComparison.Ordinal)
                     from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                     where !field.IsInitOnly && !field.IsLiteral
                     select $"{type}.{field.Name}";

        Assert.Empty(fields);
    }
}
