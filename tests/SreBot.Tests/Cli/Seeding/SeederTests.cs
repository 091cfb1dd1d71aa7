using System.Text.Json;
using SreBot.Cli.Seeding;
using SreBot.Model;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Cli.Seeding;

public sealed class SeederTests(TelemetryFixture telemetry)
{
    private static readonly SeedSettings Settings = new() { Servers = 4, Projects = 2, RequestsAMinute = 700, Hours = 3, Causes = [CauseKind.BadDeploy, CauseKind.LateData] };
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 6, 0, 20, TimeSpan.Zero);

    private const string CountSql = "SELECT count(), uniqExact(request_id) FROM {database:Identifier}.request WHERE /*scope*/";
    private const string ChangeSql = "SELECT count(), uniqExact(change_id) FROM {database:Identifier}.change_event WHERE /*scope*/";

    [Fact]
    public async Task Writes_each_row_once_however_often_it_is_asked()
    {
        var database = await telemetry.NewDatabaseAsync();
        var seen = new List<SeedProgress>();

        var truth = await WriteAsync(database, Settings, seen.Add);
        await WriteAsync(database, Settings, _ => { });

        var expected = new SeedGenerator(new SeedPlan(Settings, truth.Causes)).Rows(Settings.WindowUpTo(Now)).Count;
        Assert.Equal((expected, expected), await CountAsync(database, CountSql));
        Assert.Equal((4, 4), await CountAsync(database, ChangeSql));
        Assert.Equal(new SeedProgress(expected, 1), seen[^1]);
        Assert.True(seen.Count > 1);
    }

    [Fact]
    public async Task Other_settings_over_the_same_window_are_other_rows()
    {
        var database = await telemetry.NewDatabaseAsync();

        await WriteAsync(database, Settings with { Hours = 1 }, _ => { });
        var (before, _) = await CountAsync(database, CountSql);
        await WriteAsync(database, Settings with { Hours = 1, Servers = 5 }, _ => { });

        Assert.True((await CountAsync(database, CountSql)).Rows > before);
    }

    [Fact]
    public async Task Writes_the_ground_truth_as_json()
    {
        var path = Path.Combine(Path.GetTempPath(), $"truth-{Guid.NewGuid():N}.json");
        var truth = new GroundTruth(Settings, Now.AddHours(-3), Now, SeedPlan.Draw(Settings, Settings.WindowUpTo(Now)).Causes);

        await truth.WriteAsync(path, TestContext.Current.CancellationToken);

        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        File.Delete(path);
        var cause = json.RootElement.GetProperty("causes")[0];
        Assert.Equal("badDeploy", cause.GetProperty("kind").GetString());
        Assert.Equal(truth.Causes[0].On("endpoint"), cause.GetProperty("where")[1].GetProperty("value").GetString());
        Assert.Equal(truth.Causes[0].Onset, cause.GetProperty("onset").GetDateTimeOffset());
        Assert.Equal(truth.Causes[0].Effect, cause.GetProperty("effect").GetDouble());
        Assert.Equal(truth.Causes[0].Expected, cause.GetProperty("expected").GetString());
    }

    private Task<GroundTruth> WriteAsync(string database, SeedSettings settings, Action<SeedProgress> progress) =>
        Seeder.WriteAsync(telemetry.Store, database, settings, settings.WindowUpTo(Now), new AtOnce(progress), TestContext.Current.CancellationToken);

    private async Task<(int Rows, int Distinct)> CountAsync(string database, string sql)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var reader = await telemetry.Store.ReadAsync(AccessScope.ForEvaluator(database), new TelemetryQuery(sql, new Dictionary<string, object?>()), cancel);
        Assert.True(await reader.ReadAsync(cancel));
        return (Convert.ToInt32(reader.GetValue(0)), Convert.ToInt32(reader.GetValue(1)));
    }

    private sealed class AtOnce(Action<SeedProgress> progress) : IProgress<SeedProgress>
    {
        public void Report(SeedProgress value) => progress(value);
    }
}
