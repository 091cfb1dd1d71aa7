using System.Text;
using SreBot.Cli.Tutorial;
using SreBot.Model;
using SreBot.Tests.Scenario;

namespace SreBot.Tests.Cli.Tutorial;

public sealed class TutorialReaderTests
{
    public const string Requests = """
        request_id,timestamp,project_id,server_id,number_of_active_requests,cpu_usage,memory_usage,execution_time
        1,2023-08-01 00:00:00.000000000,Project_2,Server_1,106,0,1.75,30.09
        2,2023-08-01 00:00:00.000000000,Project_1,Server_2,13,33.9,60.4,20.72

        """;

    public const string Incidents = """
        incident_id,timestamp,request_id
        1,2023-08-01 00:00:00.000000000,1
        2,2023-08-01 00:00:00.000000000,2

        """;

    public const string ServerMetrics = """
        server_id,hour,avg_cpu_usage,avg_memory_usage,total_requests
        Server_1,2023-08-01 00:00:00.000000000,52.06,46.87,5910

        """;

    /// <summary>The same three as pandas and spreadsheets write them.</summary>
    public static IReadOnlyList<(string Name, string Text)> Originals { get; } =
    [
        ("request.csv", "\uFEFF\"\",request_id,timestamp,project_id,server_id,number_of_active_requests,cpu_usage,memory_usage,execution_time\r\n"
            + "0,1,\"2023-08-01T00:00:00+00:00\",\"Project_2\",Server_1,106,0.0,1.75,30.09\r\n1,2,2023-08-01 00:00:00,Project_1,\"Server_2\",13,33.9,60.4,20.72\r\n"),
        ("incident.csv", "Unnamed: 0,request_id,incident_id,timestamp\n0,1,1,2023-08-01\n1,2,2,2023-08-01T00:00:00.000Z\n"),
        ("aggregated_server_metrics.csv", "server_id,timestamp,avg_cpu_usage,avg_memory_usage,total_requests\nServer_1,2023-08-01T00:00:00Z,52.06,4.687e1,5910"),
    ];

    [Fact]
    public async Task What_was_written_is_read_again()
    {
        using var folder = new TempFolder();
        await TutorialWriter.WriteAsync(folder.Path, 5, isForced: false, TestContext.Current.CancellationToken);

        var data = Read([.. TutorialColumns.Files.Select(file => (file, File.ReadAllText(Path.Combine(folder.Path, file))))]);

        var requests = TutorialGenerator.Requests(5);
        Assert.Equal(requests, data.Requests!.Rows);
        Assert.Equal(TutorialGenerator.Incidents(requests), data.Incidents!.Rows);
        Assert.Equal(TutorialGenerator.ServerMetrics(requests), data.ServerMetrics!.Rows);
    }

    [Fact]
    public async Task Files_that_are_there_are_replaced_only_by_force()
    {
        using var folder = new TempFolder();
        await TutorialWriter.WriteAsync(folder.Path, 1, isForced: false, TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<SreException>(() => TutorialWriter.WriteAsync(folder.Path, 2, isForced: false, TestContext.Current.CancellationToken));
        Assert.Contains("--force", error.Message, StringComparison.Ordinal);
        var before = await File.ReadAllTextAsync(Path.Combine(folder.Path, "request.csv"), TestContext.Current.CancellationToken);
        await TutorialWriter.WriteAsync(folder.Path, 2, isForced: true, TestContext.Current.CancellationToken);
        Assert.NotEqual(before, await File.ReadAllTextAsync(Path.Combine(folder.Path, "request.csv"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void The_same_data_is_the_same_however_it_is_written()
    {
        var plain = Read([("request.csv", Requests), ("incident.csv", Incidents), ("aggregated_server_metrics.csv", ServerMetrics)]);
        var original = Read([.. Originals]);

        Assert.Equal(plain.Requests!.Rows, original.Requests!.Rows);
        Assert.Equal(plain.Incidents!.Rows, original.Incidents!.Rows);
        Assert.Equal(plain.ServerMetrics!.Rows, original.ServerMetrics!.Rows);
        Assert.Equal([plain.Requests.Hash, plain.Incidents.Hash, plain.ServerMetrics.Hash], new[] { original.Requests.Hash, original.Incidents.Hash, original.ServerMetrics.Hash });
    }

    [Theory]
    [InlineData("33.9", "none", "request.csv, line 3: cpu_usage is 'none', but a number from 0 to 100 is needed.")]
    [InlineData("33.9", "101", "request.csv, line 3: cpu_usage is '101'")]
    [InlineData("33.9", "NaN", "request.csv, line 3: cpu_usage is 'NaN'")]
    [InlineData("2,2023-08-01 00:00:00.000000000", "2,yesterday", "request.csv, line 3: timestamp is 'yesterday'")]
    [InlineData("2,2023", "2,0023", "request.csv, line 3: timestamp is '0023-08-01")]
    [InlineData("2,2023", "1,2023", "request.csv, line 3: 1 stands in an earlier line too.")]
    [InlineData(",13,", ",13.5,", "request.csv, line 3: number_of_active_requests is '13.5', but a whole number")]
    [InlineData(",13,", ",4294967296,", "request.csv, line 3: number_of_active_requests is '4294967296'")]
    [InlineData("Server_2", "", "request.csv, line 3: server_id is ''")]
    [InlineData(",20.72", "", "request.csv, line 3: the line has 7 fields, too few for execution_time.")]
    [InlineData("Project_1,", "\"Project_1,", "request.csv, line 3: this is not CSV")]
    [InlineData("execution_time", "duration", "request.csv is none of the tutorial's files")]
    public void A_line_that_does_not_fit_is_named(string there, string instead, string expected)
    {
        var error = Assert.Throws<SreException>(() => Read([("request.csv", Requests.Replace(there, instead, StringComparison.Ordinal))]));

        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal(SreErrorKind.Invalid, error.Kind);
    }

    [Fact]
    public void Lines_are_counted_as_an_editor_counts_them()
    {
        var error = Assert.Throws<SreException>(() => Read([("request.csv", Requests.Replace("2,2023", "\n\n2,2023", StringComparison.Ordinal).Replace("33.9", "x", StringComparison.Ordinal))]));

        Assert.StartsWith("request.csv, line 5: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Incidents_need_their_requests()
    {
        Assert.Contains("together with request.csv", Assert.Throws<SreException>(() => Read([("incident.csv", Incidents)])).Message, StringComparison.Ordinal);
        var stray = Assert.Throws<SreException>(() => Read([("request.csv", Requests), ("incident.csv", Incidents.Replace(",2\n", ",9\n", StringComparison.Ordinal))]));
        Assert.Contains("incident 2 hangs on request 9", stray.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("request_id,timestamp,project_id,server_id,number_of_active_requests,cpu_usage,memory_usage,execution_time\n")]
    public void A_file_without_lines_is_refused(string text) => Assert.Equal(SreErrorKind.Invalid, Assert.Throws<SreException>(() => Read([("request.csv", text)])).Kind);

    [Fact]
    public void Two_files_of_one_kind_are_refused() =>
        Assert.Contains("same kind", Assert.Throws<SreException>(() => Read([("a.csv", Requests), ("b.csv", Requests)])).Message, StringComparison.Ordinal);

    internal static TutorialData Read(params (string Name, string Text)[] files) =>
        TutorialReader.Read(files.Select(file => (file.Name, (Stream)new MemoryStream(Encoding.UTF8.GetBytes(file.Text)))));
}
