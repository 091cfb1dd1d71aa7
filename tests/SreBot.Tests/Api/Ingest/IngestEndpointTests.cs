using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using SreBot.Api.Ingest;
using SreBot.Telemetry;
using SreBot.Tests.Cli.Demo;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Scenario;
using SreBot.Tests.Telemetry;

namespace SreBot.Tests.Api.Ingest;

public sealed class IngestEndpointTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keeps_the_rows_that_an_insert_of_the_same_values_keeps()
    {
        await using var house = await IngestHouse.StartAsync(postgres, telemetry);
        var rows = Requests.Seconds(500);
        var other = await telemetry.NewDatabaseAsync();
        await telemetry.Store.InsertAsync(other, TelemetryTable.Request, rows, "a", Cancel);

        var (status, answer, _) = await house.SendAsync(string.Join("\r\n", rows.Select(Line)) + "\n\n");

        Assert.True(status == 200, answer);
        var taken = JsonDocument.Parse(answer).RootElement;
        Assert.Equal((500, Requests.Start, Requests.Start.AddSeconds(499)), (taken.GetProperty("rows").GetInt32(), taken.GetProperty("from").GetDateTimeOffset(), taken.GetProperty("to").GetDateTimeOffset()));
        Assert.Equal(await house.RowsAsync(other), await house.RowsAsync());
        Assert.Equal(500, await house.CountAsync());
    }

    [Fact]
    public async Task Takes_what_a_line_may_leave_out_or_write_otherwise()
    {
        await using var house = await IngestHouse.StartAsync(postgres, telemetry);
        var at = Requests.Start.ToUnixTimeMilliseconds();

        var (status, answer, _) = await house.SendAsync($$"""
            {"request_id":12345678901234567890,"timestamp":{{at}},"project_id":"Project_1","execution_time":1e1,"service":"caf\u00e9 \"x\"","cost":null}
            {"execution_time":0.25,"timestamp":"{{Requests.Start.AddSeconds(1).ToOffset(TimeSpan.FromHours(2)):yyyy-MM-ddTHH:mm:sszzz}}","project_id":"Project_2","status":404,"endpoint":"é☕"}
            """);

        Assert.True(status == 200, answer);
        var rows = await house.RowsAsync();
        Assert.Equal($"('12345678901234567890','{Requests.Start:yyyy-MM-dd HH:mm:ss}.000','Project_1','','café \"x\"','','','','',0,10,0,0,0,0)", rows[0]);
        Assert.Matches(@"^\('[0-9a-f]{16}-00000002','.*\.000','Project_2','','','','é☕','','',404,0\.25,0,0,0,0\)$", rows[1]);
    }

    public static TheoryData<string, string> BadLines => new()
    {
        { """{"timestamp":"2026-""", "not one whole JSON object" },
        { """[{"timestamp":1}]""", "one JSON object" },
        { "hello", "not one whole JSON object" },
        { Good() + Good(), "not one whole JSON object" },
        { Good().Replace("status", "statsu", StringComparison.Ordinal), "no field 'statsu'; did you mean status?" },
        { Good().Replace("\"status\":200", "\"status\":200,\"status\":200", StringComparison.Ordinal), "gives status twice" },
        { Good().Replace("\"status\":200", "\"status\":99", StringComparison.Ordinal), "status should be a whole number from 100 to 599; it is 99" },
        { Good().Replace("\"status\":200", "\"status\":200.5", StringComparison.Ordinal), "it is 200.5" },
        { Good().Replace("\"status\":200", "\"status\":\"200\"", StringComparison.Ordinal), "it is \"200\"" },
        { Good().Replace("\"cpu_usage\":40", "\"cpu_usage\":100.1", StringComparison.Ordinal), "cpu_usage should be a number from 0 to 100" },
        { Good().Replace("\"cpu_usage\":40", "\"cpu_usage\":[1]", StringComparison.Ordinal), "it is a list or an object" },
        { Good().Replace("\"execution_time\":10", "\"execution_time\":1e400", StringComparison.Ordinal), "execution_time should be a number" },
        { Good().Replace("\"execution_time\":10", "\"execution_time\":-1", StringComparison.Ordinal), "execution_time should be a number" },
        { Good().Replace("\"execution_time\":10", "\"execution_time\":NaN", StringComparison.Ordinal), "not one whole JSON object" },
        { Good().Replace("\"number_of_active_requests\":3", "\"number_of_active_requests\":4294967296", StringComparison.Ordinal), "number_of_active_requests should be a whole number" },
        { Good().Replace("\"project_id\":\"Project_1\",", "", StringComparison.Ordinal), "it has no project_id" },
        { Good().Replace("\"Project_1\"", "\"\"", StringComparison.Ordinal), "project_id is empty" },
        { Good().Replace("\"Project_1\"", "7", StringComparison.Ordinal), "project_id should be text; it is 7" },
        { Good().Replace("\"web\"", "\"we\\u0000b\"", StringComparison.Ordinal), "platform holds a control character" },
        { Good().Replace("\"web\"", "\"\\ud83d\"", StringComparison.Ordinal), "half of a character" },
        { Good().Replace("\"platform\"", "\"\\ud83d\"", StringComparison.Ordinal), "half of a character" },
        { Good().Replace("\"web\"", $"\"{new string('w', 513)}\"", StringComparison.Ordinal), "platform is longer than 512 bytes" },
        { Good(timestamp: "\"2026-03-01T10:00:00\""), "timestamp should be a time with its zone" },
        { Good(timestamp: "\"yesterday\""), "timestamp should be a time" },
        { Good(timestamp: "1700000000"), "milliseconds, not seconds" },
        { Good(timestamp: "4102444800000"), "more than a day ahead" },
        { Good(timestamp: "9223372036854775807"), "more than a day ahead" },
        { new string(' ', 70_000) + Good(), "longer than 64,000 bytes" },
    };

    [Theory]
    [MemberData(nameof(BadLines))]
    public async Task Names_the_bad_line_and_takes_nothing(string bad, string words)
    {
        await using var house = await IngestHouse.StartAsync(postgres, telemetry);
        foreach (var place in new[] { 1, 3, 5 })
        {
            var lines = Enumerable.Range(1, 5).Select(number => number == place ? bad : Good()).ToList();

            var (status, answer, _) = await house.SendAsync(string.Join('\n', lines));

            Assert.True(status == 400, answer);
            var error = JsonDocument.Parse(answer).RootElement.GetProperty("error").GetString()!;
            Assert.StartsWith($"Line {place}: ", error, StringComparison.Ordinal);
            Assert.Contains(words, error, StringComparison.Ordinal);
            Assert.Contains("othing of the batch was taken", error, StringComparison.Ordinal);
        }

        Assert.Equal(0, await house.CountAsync());
    }

    [Fact]
    public async Task Names_the_line_that_is_not_UTF8()
    {
        await using var house = await IngestHouse.StartAsync(postgres, telemetry);
        var body = Encoding.UTF8.GetBytes($"{Good()}\n{Good()}\n");
        body[^5] = 0xFF;

        var (status, answer, _) = await house.SendAsync(body);

        Assert.Equal(400, status);
        Assert.Contains("Line 2: it is not UTF-8", answer, StringComparison.Ordinal);
        Assert.Equal(0, await house.CountAsync());
    }

    [Fact]
    public async Task Takes_nothing_when_a_late_line_of_many_is_bad()
    {
        await using var house = await IngestHouse.StartAsync(postgres, telemetry);
        var lines = Requests.Seconds(50_000).Select(Line).Append("{}");

        var (status, answer, _) = await house.SendAsync(string.Join('\n', lines));

        Assert.Equal(400, status);
        Assert.Contains("Line 50,001: it has no timestamp and no project_id and no execution_time", answer, StringComparison.Ordinal);
        Assert.Equal(0, await house.CountAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("batch-7")]
    public async Task Counts_a_batch_that_is_sent_again_once(string? key)
    {
        await using var house = await IngestHouse.StartAsync(postgres, telemetry);
        var body = string.Join('\n', Requests.Seconds(300).Select(Line).Append(Good(id: null)));

        var first = await house.SendAsync(body, key: key);
        var again = await house.SendAsync(body, key: key);

        Assert.Equal((200, 200, first.Answer), (first.Status, again.Status, again.Answer));
        Assert.Equal(301, await house.CountAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Counts_a_batch_once_whose_first_answer_was_lost(bool wasKept)
    {
        CutShortStore store = null!;
        await using var house = await IngestHouse.StartAsync(postgres, telemetry, null, inner => store = new CutShortStore(inner));
        var midnight = new DateTimeOffset(Requests.Start.Date, TimeSpan.Zero);
        var body = $"{Line(Requests.Row("old", midnight.AddSeconds(-1)))}\n{Line(Requests.Row("new", midnight.AddSeconds(1)))}";

        (store.DiesBefore, store.DiesAfter) = (!wasKept, wasKept);
        var first = await house.SendAsync(body);
        (store.DiesBefore, store.DiesAfter) = (false, false);
        var again = await house.SendAsync(body);

        Assert.Equal((503, 200), (first.Status, again.Status));
        Assert.Contains("send the same batch again", first.Answer, StringComparison.Ordinal);
        Assert.Equal(2, await house.CountAsync());
    }

    [Fact]
    public async Task One_organizations_key_does_not_shadow_anothers()
    {
        await using var house = await IngestHouse.StartAsync(postgres, telemetry);
        await house.AddOrganizationAsync("other", "Project_9");
        await house.AddTokenAsync("other", "other-admin", "admin", null);

        Assert.Equal(200, (await house.SendAsync(Good(), key: "k")).Status);
        Assert.Equal(200, (await house.SendAsync(Good(project: "Project_9"), "other-admin", "k")).Status);

        Assert.Equal(2, await house.CountAsync());
    }

    [Fact]
    public async Task Lets_a_token_send_for_what_it_may_see()
    {
        await using var house = await IngestHouse.StartAsync(postgres, telemetry);
        await house.AddOrganizationAsync("other", "Project_9");
        string[] foreign = [$"{Good()}\n{Good(project: "Project_3")}", $"{Good()}\n{Good(project: "Project_9")}", $"{Good()}\n{Good(project: "New")}"];

        foreach (var body in foreign)
        {
            var (status, answer, _) = await house.SendAsync(body, "sre");
            Assert.Equal(403, status);
            Assert.Contains("Line 2: the token may not send requests of the project", answer, StringComparison.Ordinal);
        }

        Assert.Equal(409, (await house.SendAsync(foreign[1], "admin")).Status);
        Assert.Contains("Line 1: the token may only send requests with platform", (await house.SendAsync(Good(), "mobile")).Answer, StringComparison.Ordinal);
        Assert.Contains("Only an sre or an admin may send requests", (await house.SendAsync(Good(), "viewer")).Answer, StringComparison.Ordinal);
        Assert.Equal(403, (await house.SendAsync(Good(), "viewer")).Status);
        Assert.Equal(401, (await house.SendAsync(Good(), null)).Status);
        Assert.Equal(401, (await house.SendAsync(Good(), "wrong")).Status);
        Assert.Equal(0, await house.CountAsync());
        Assert.DoesNotContain("New", await house.ProjectsAsync());
    }

    [Fact]
    public async Task A_project_that_an_admin_sends_for_becomes_known()
    {
        await using var house = await IngestHouse.StartAsync(postgres, telemetry);

        var (status, answer, _) = await house.SendAsync(Good(project: "Project_new"));

        Assert.True(status == 200, answer);
        Assert.Contains("Project_new", await house.ProjectsAsync());
        Assert.Equal(1, await house.CountAsync());
    }

    [Fact]
    public async Task Refuses_what_is_too_large_by_length_by_bytes_and_by_rows()
    {
        await using var house = await IngestHouse.StartAsync(postgres, telemetry, new IngestOptions { BatchBytes = 20_000, BatchRows = 50 });
        var large = Encoding.UTF8.GetBytes(string.Join('\n', Requests.Seconds(100).Select(Line)));
        var many = string.Join('\n', Enumerable.Repeat(Good(id: null), 51));
        using var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(new byte[50_000_000].AsSpan()); // 50 KB on the way
        }

        var answers = new[]
        {
            await house.SendAsync(large), await house.SendAsync(new StreamContent(new ForwardOnly(large))), await house.SendAsync(many), await house.SendAsync(Packed(large), encoding: "gzip"),
            await house.SendAsync(new StreamContent(new ForwardOnly(bomb.ToArray())), encoding: "gzip"),
        };

        Assert.All(answers, answer => Assert.Equal(413, answer.Status));
        Assert.Contains("20,000 bytes (Ingest:BatchBytes)", answers[0].Answer, StringComparison.Ordinal);
        Assert.Contains("50 rows (Ingest:BatchRows)", answers[2].Answer, StringComparison.Ordinal);
        Assert.Equal(0, await house.CountAsync());
    }

    [Fact]
    public async Task Refuses_a_batch_that_memory_has_no_room_for()
    {
        await using var house = await IngestHouse.StartAsync(postgres, telemetry, new IngestOptions { HeldBytes = 1_000_000 });

        var (status, answer, _) = await house.SendAsync(string.Join('\n', Requests.Seconds(20_000).Select(Line)));

        Assert.Equal(413, status);
        Assert.Contains("Ingest:HeldBytes", answer, StringComparison.Ordinal);
        Assert.Equal(200, (await house.SendAsync(Good())).Status);
        Assert.Equal(1, await house.CountAsync());
    }

    [Fact]
    public async Task Tells_a_sender_to_wait_while_as_many_batches_as_may_be_are_under_way()
    {
        await using var house = await IngestHouse.StartAsync(postgres, telemetry, new IngestOptions { Batches = 1 });
        var slow = new SlowContent(Good(id: "slow"));
        var first = house.SendAsync(slow);
        await Waiting.UntilAsync("the first batch under way", () => Task.FromResult(house.Gate.Batches == 1));

        var second = await house.SendAsync(Good(id: "second"));
        slow.Finish();

        Assert.Equal((429, TimeSpan.FromSeconds(1)), (second.Status, second.Wait));
        Assert.Contains("in a moment", second.Answer, StringComparison.Ordinal);
        Assert.Equal(200, (await first).Status);
        Assert.Equal(200, (await house.SendAsync(Good(id: "second"))).Status);
        Assert.Equal(2, await house.CountAsync());
    }

    [Fact]
    public async Task Takes_gzip_when_it_is_whole()
    {
        await using var house = await IngestHouse.StartAsync(postgres, telemetry);
        var body = Encoding.UTF8.GetBytes(string.Join('\n', Requests.Seconds(2000).Select(Line)));

        var cut = await house.SendAsync(Packed(body)[..^2000], encoding: "gzip");
        var noise = await house.SendAsync(body, encoding: "gzip");
        var whole = await house.SendAsync(Packed(body), encoding: "gzip");

        Assert.Equal((400, 400, 200), (cut.Status, noise.Status, whole.Status));
        Assert.Contains("not whole gzip", noise.Answer, StringComparison.Ordinal);
        Assert.Equal(2000, await house.CountAsync());
    }

    [Fact]
    public async Task Says_how_a_batch_should_be_sent()
    {
        await using var house = await IngestHouse.StartAsync(postgres, telemetry);

        Assert.Contains("Content-Type: application/x-ndjson", (await house.SendAsync(new StringContent(Good()), type: "text/csv")).Answer, StringComparison.Ordinal);
        Assert.Contains("Content-Encoding should be gzip", (await house.SendAsync(Encoding.UTF8.GetBytes(Good()), encoding: "br")).Answer, StringComparison.Ordinal);
        Assert.Contains("The body is empty", (await house.SendAsync("\n \n")).Answer, StringComparison.Ordinal);
        Assert.Contains("Idempotency-Key", (await house.SendAsync(Good(), key: new string('k', 201))).Answer, StringComparison.Ordinal);
        Assert.Equal(0, await house.CountAsync());
    }

    /// <param name="id">Null: left out.</param>
    private static string Good(string? timestamp = null, string? id = "r1", string project = "Project_1") =>
        $$"""{{{(id is null ? "" : $"\"request_id\":\"{id}\",")}}"timestamp":{{timestamp ?? Requests.Start.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}},"project_id":"{{project}}","server_id":"Server_1","platform":"web","status":200,"execution_time":10,"number_of_active_requests":3,"cpu_usage":40}""";

    private static string Line(object?[] row) => JsonSerializer.Serialize(TelemetryTable.Request.Columns.Select((column, i) => (column.Name, Value: row[i])).ToDictionary(pair => pair.Name, pair => pair.Value));

    private static byte[] Packed(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(body);
        }

        return packed.ToArray();
    }

    /// <summary>A stream whose length nobody knows.</summary>
    private sealed class ForwardOnly(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }

    /// <summary>A body whose end comes when it is told to.</summary>
    private sealed class SlowContent(string line) : HttpContent
    {
        private readonly TaskCompletionSource end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Finish() => end.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(line[..10]), Cancel);
            await stream.FlushAsync(Cancel);
            await end.Task;
            await stream.WriteAsync(Encoding.UTF8.GetBytes(line[10..]), Cancel);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
