using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Telemetry.Http;
using SreBot.Telemetry.Wire;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Telemetry;

public sealed class HttpTelemetryStoreTests(TelemetryFixture telemetry) : TelemetryStoreContract
{
    private ClickHouseHttpFront front = null!;

    internal override ValueTask<IClickHouseTransport> ConnectAsync(TelemetryOptions options)
    {
        options.Endpoint ??= front.Endpoint;
        return ValueTask.FromResult<IClickHouseTransport>(new HttpTransport(options, TimeProvider.System));
    }

    public override async ValueTask InitializeAsync()
    {
        front = await ClickHouseHttpFront.StartAsync(settings => telemetry.Connect(settings));
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await front.DisposeAsync();
    }

    [Fact]
    public async Task An_error_in_the_middle_of_an_answer_yields_no_row()
    {
        front.Faults.Enqueue(FrontFault.ErrorInMidStream);

        var error = await Assert.ThrowsAsync<ClickHouseException>(() => RowsAsync("SELECT number FROM numbers(10000)"));

        Assert.Equal(395, error.Code);
    }

    [Fact]
    public async Task An_answer_that_is_cut_short_is_asked_for_again()
    {
        front.Faults.Enqueue(FrontFault.Cut);

        Assert.Equal(10_000, (await RowsAsync("SELECT number FROM numbers(10000)")).Count);
    }

    [Fact]
    public async Task A_read_is_tried_three_times_and_then_says_that_the_store_is_away()
    {
        front.Faults.Enqueue(FrontFault.BadGateway);
        front.Faults.Enqueue(FrontFault.Cut);
        Assert.Single(await RowsAsync("SELECT 1"));

        front.Faults.Enqueue(FrontFault.BadGateway);
        front.Faults.Enqueue(FrontFault.Cut);
        front.Faults.Enqueue(FrontFault.BadGateway);
        var error = await Assert.ThrowsAsync<SreException>(() => RowsAsync("SELECT 1"));

        Assert.Equal(SreErrorKind.Unavailable, error.Kind);
    }

    [Fact]
    public async Task A_write_is_tried_once()
    {
        var database = await NewDatabaseAsync();
        var before = front.Requests;
        front.Faults.Enqueue(FrontFault.BadGateway);

        await Assert.ThrowsAsync<SreException>(() => Store.InsertAsync(database, TelemetryTable.ChangeEvent, [["c1", Requests.Start, "Project_1", "deploy", "checkout", "v43", "", "", ""]], "c", Cancel));

        Assert.Equal(before + 1, front.Requests);
    }

    [Fact]
    public async Task Both_ways_are_compressed()
    {
        var database = await NewDatabaseAsync();

        await Store.InsertAsync(database, TelemetryTable.Request, Requests.Seconds(10), "a", Cancel);
        Assert.Equal("gzip", front.Encodings.Request);

        await IdsAsync(AccessScope.ForEvaluator(database));
        Assert.Equal("gzip", front.Encodings.Answer);
    }

    [Theory]
    [InlineData("sre", "wrong")]
    [InlineData("nobody", "")]
    [InlineData("", "")]
    public async Task A_refused_password_names_the_settings_and_no_secret(string user, string password)
    {
        var (refused, _) = await StoreAsync(new TelemetryOptions { Endpoint = front.Address, User = user, Password = password });

        var error = await Assert.ThrowsAsync<SreException>(() => refused.DescribeAsync(Cancel));

        Assert.Equal(SreErrorKind.Unavailable, error.Kind);
        Assert.Contains("Telemetry:Password", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named_without_the_password()
    {
        var (away, _) = await StoreAsync(new TelemetryOptions { Endpoint = "http://sre:secret@127.0.0.1:1" });

        var error = await Assert.ThrowsAsync<SreException>(() => away.DescribeAsync(Cancel));

        Assert.Equal(SreErrorKind.Unavailable, error.Kind);
        Assert.Contains("http://127.0.0.1:1/", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost:8123")]
    [InlineData("ftp://host")]
    [InlineData("http://host:8123/?readonly=0")]
    public void An_endpoint_that_is_no_address_is_refused(string endpoint)
    {
        var error = Assert.Throws<SreException>(() => new HttpTransport(new TelemetryOptions { Endpoint = endpoint }, TimeProvider.System));

        Assert.Contains("Telemetry:Endpoint", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_what_answers()
    {
        Assert.StartsWith("ClickHouse 2", await Store.DescribeAsync(Cancel), StringComparison.Ordinal);
    }
}
