using System.Text.Json;
using Dapper;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Cli.Demo;

/// <summary>The table <c>demo</c>.</summary>
internal sealed class DemoStore(PostgresDatabase postgres)
{
    public const string Slug = "demo";
    public const string Database = "sre_demo";

    private const string FindSql = "SELECT id FROM organization WHERE slug = @slug AND is_demo";

    private const string LoadSql = """
        SELECT settings, written_to AS WrittenTo, writing_to AS WritingTo
        FROM demo
        """;

    /// <returns>Null: there is no demo.</returns>
    public async Task<long?> FindOrganizationAsync(CancellationToken cancel)
    {
        await using var session = await postgres.BeginGatewayAsync(cancel);
        return await session.Connection.QuerySingleOrDefaultAsync<long?>(session.Command(FindSql, new { slug = Slug }, cancel));
    }

    /// <returns>Null: there is no demo, or its creation was cut short.</returns>
    public async Task<DemoPlace?> LoadAsync(CancellationToken cancel)
    {
        if (await FindOrganizationAsync(cancel) is not { } organization)
            return null;
        await using var session = await postgres.BeginAsync(organization, cancel);
        var row = await session.Connection.QuerySingleOrDefaultAsync<Row>(session.Command(LoadSql, null, cancel));
        return row is null
            ? null
            : new DemoPlace(organization, JsonSerializer.Deserialize<DemoStory>(row.Settings, SreJson.Options)!, Utc(row.WrittenTo), row.WritingTo is { } to ? Utc(to) : null);
    }

    private const string SaveSql = """
        UPDATE demo
        SET written_to = @writtenTo, writing_to = @writingTo
        """;

    public Task SaveAsync(DemoPlace place, CancellationToken cancel) =>
        ExecuteAsync(place, SaveSql, new { writtenTo = place.WrittenTo.UtcDateTime, writingTo = place.WritingTo?.UtcDateTime }, cancel);

    private const string SaveStorySql = """
        UPDATE demo
        SET settings = @settings::jsonb
        """;

    public Task SaveStoryAsync(DemoPlace place, CancellationToken cancel) =>
        ExecuteAsync(place, SaveStorySql, new { settings = JsonSerializer.Serialize(place.Story, SreJson.Options) }, cancel);

    private async Task ExecuteAsync(DemoPlace place, string sql, object parameters, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(place.OrganizationId, cancel);
        await session.Connection.ExecuteAsync(session.Command(sql, parameters, cancel));
        await session.CommitAsync(cancel);
    }

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private sealed record Row
    {
        public required string Settings { get; init; }
        public required DateTime WrittenTo { get; init; }
        public DateTime? WritingTo { get; init; }
    }
}
