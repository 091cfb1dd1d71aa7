using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using SreBot.Adapters.Slack;

namespace SreBot.Adapters.Tests.Slack;

/// <summary>Slack's own library judges signatures as we do, except where it is laxer than Slack's pages.</summary>
public sealed class SlackBoltTests
{
    private const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";
    private const long Now = 1790000000;
    private const string Body = """{"type":"event_callback","text":"é <!channel>"}""";

    /// <summary>Refused here alone: the time must be near on both sides and in plain digits, and the digest must be the whole header.</summary>
    private static readonly string[] OnlyOurs = ["future", "words", "plus", "blank", "exponent", "long", "suffix"];

    [Fact]
    public async Task Bolt_agrees()
    {
        var folder = Path.Combine(Path.GetDirectoryName(Here())!, "bolt");
        await RestoreAsync(folder);
        var cases = Cases().ToList();

        var input = JsonSerializer.Serialize(cases.Select(one => new { secret = Secret, now = Now, timestamp = one.Timestamp, signature = one.Signature, body = one.Body }));
        var (_, output) = await NodeProgram.RunAsync(Path.Combine(folder, "verdicts.mjs"), [], input);

        var theirs = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(cases.Count, theirs.Length);
        foreach (var (one, their) in cases.Zip(theirs))
        {
            var ours = SlackSignature.IsValid(Secret, one.Timestamp, one.Signature, Encoding.UTF8.GetBytes(one.Body), DateTimeOffset.FromUnixTimeSeconds(Now)) ? "accept" : "reject";
            Assert.True(OnlyOurs.Contains(one.Name) ? ours == "reject" : ours == their, $"{one.Name}: {ours} here, {their} there");
        }
        Assert.Equal(3, theirs.Where((_, index) => !OnlyOurs.Contains(cases[index].Name)).Count(their => their == "accept"));
    }

    private static IEnumerable<(string Name, string Timestamp, string Signature, string Body)> Cases()
    {
        var good = Sign($"{Now}");
        yield return ("good", $"{Now}", good, Body);
        yield return ("old, in time", $"{Now - 299}", Sign($"{Now - 299}"), Body);
        yield return ("early, in time", $"{Now + 299}", Sign($"{Now + 299}"), Body);
        yield return ("too old", $"{Now - 301}", Sign($"{Now - 301}"), Body);
        yield return ("future", $"{Now + 301}", Sign($"{Now + 301}"), Body);
        yield return ("zero", "0", Sign("0"), Body);
        yield return ("words", "now", Sign("now"), Body);
        yield return ("plus", $"+{Now}", Sign($"+{Now}"), Body);
        yield return ("blank", $" {Now}", Sign($" {Now}"), Body);
        yield return ("exponent", "1.79e9", Sign("1.79e9"), Body);
        yield return ("long", $"{Now}000", Sign($"{Now}000"), Body);
        yield return ("other time", $"{Now - 1}", good, Body);
        yield return ("other body", $"{Now}", good, Body + " ");
        yield return ("other secret", $"{Now}", SlackSignature.Sign("another", $"{Now}", Encoding.UTF8.GetBytes(Body)), Body);
        yield return ("version", $"{Now}", "V0" + good[2..], Body);
        yield return ("no digest", $"{Now}", "v0=", Body);
        yield return ("cut", $"{Now}", good[..^1], Body);
        yield return ("suffix", $"{Now}", good + "=x", Body);
        yield return ("upper case", $"{Now}", "v0=" + good[3..].ToUpperInvariant(), Body);
    }

    private static string Sign(string timestamp) => SlackSignature.Sign(Secret, timestamp, Encoding.UTF8.GetBytes(Body));

    private static async Task RestoreAsync(string folder)
    {
        if (Directory.Exists(Path.Combine(folder, "node_modules", "@slack", "bolt")))
            return;
        using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"]) { WorkingDirectory = folder, RedirectStandardError = true })!;
        var errors = await npm.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await npm.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(npm.ExitCode == 0, errors);
    }

    private static string Here([CallerFilePath] string file = "") => file;
}
