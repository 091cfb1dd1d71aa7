using System.Diagnostics;
using SreBot.Model;
using SreBot.Telemetry.Chdb;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Telemetry;

/// <summary>What only a second process can show; it is this test assembly again, with one explicit test.</summary>
public sealed class ChdbProcessTests(TelemetryFixture telemetry)
{
    private const string FolderVariable = "SREBOT_TEST_CHILD_FOLDER";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_process_that_used_the_engine_ends_cleanly()
    {
        var (code, output) = await ChildAsync(nameof(Child_writes_and_reads), "");

        Assert.True(code == 0, $"{code}: {output}");
    }

    [Fact]
    public async Task A_folder_that_another_process_serves_is_refused_by_name()
    {
        var database = await telemetry.NewDatabaseAsync(); // so that this process has the folder

        var (code, output) = await ChildAsync(nameof(Child_is_refused), telemetry.Location.Folder);

        Assert.True(code == 0, $"{code}: {output}");
        await telemetry.Store.DropAsync(database, Cancel);
    }

    [Fact(Explicit = true)]
    public async Task Child_writes_and_reads()
    {
        var database = await telemetry.NewDatabaseAsync();
        await telemetry.Store.InsertAsync(database, SreBot.Telemetry.TelemetryTable.Request, Requests.Seconds(1000), "a", Cancel);
        using var connection = telemetry.Connect("readonly=1");

        Assert.Equal("1000\n"u8.ToArray(), connection.Query($"SELECT count() FROM {database}.request", "TSV", new Dictionary<string, string>()));
        Assert.Throws<NullReferenceException>(() => ((string?)null)!.Length); // hangs a process whose engine kept its own signal handlers
    }

    [Fact(Explicit = true)]
    public void Child_is_refused()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable)!;

        var error = Assert.Throws<SreException>(() => new ChdbConnection(new ChdbLibrary(telemetry.Location.Library), folder, []));

        Assert.Contains(folder, error.Message, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output)> ChildAsync(string method, string folder)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ChdbProcessTests).Assembly.Location, "-explicit", "only", "-method", $"{typeof(ChdbProcessTests).FullName}.{method}", "-noColor"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [FolderVariable] = folder },
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Cancel), process.StandardError.ReadToEndAsync(Cancel));
        await process.WaitForExitAsync(Cancel);
        var text = await output + await errors;
        Assert.Contains("Total: 1,", text, StringComparison.Ordinal);
        return (process.ExitCode, text);
    }
}
