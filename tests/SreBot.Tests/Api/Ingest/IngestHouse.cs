using System.Net.Http.Headers;
using System.Text;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SreBot.Access;
using SreBot.Api.Ingest;
using SreBot.Hosting;
using SreBot.Model;
using SreBot.Postgres;
using SreBot.Telemetry;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Api.Ingest;

/// <summary><c>POST /ingest</c> on a socket, over the real engines; one organization with Project_1 to Project_3, and its tokens.</summary>
internal sealed class IngestHouse : IAsyncDisposable
{
    private static readonly string[] Tables = ["alert_minute", "alert_minute_dim", "alert_hour"];

    private readonly WebApplication app;
    private readonly PostgresDatabase postgres;
    private readonly ITelemetryStore telemetry;

    private IngestHouse(WebApplication app, PostgresDatabase postgres, ITelemetryStore telemetry, string database)
    {
        (this.app, this.postgres, this.telemetry, Database) = (app, postgres, telemetry, database);
        Http = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
    }

    public string Database { get; }
    public HttpClient Http { get; }
    public IngestGate Gate => app.Services.GetRequiredService<IngestGate>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<IngestHouse> StartAsync(PostgresFixture postgres, TelemetryFixture telemetry, IngestOptions? options = null, Func<ITelemetryStore, ITelemetryStore>? between = null)
    {
        var database = await postgres.NewDatabaseAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(database).AddSingleton<LocalToken>().AddSingleton<PrincipalStore>().AddSingleton<ApiCaller>().AddSingleton<ProjectStore>();
        builder.Services.AddSingleton(between?.Invoke(telemetry.Store) ?? telemetry.Store).AddSingleton(Options.Create(telemetry.Options));
        builder.Services.AddExceptionHandler<ProblemResults>().AddProblemDetails().AddIngest();
        builder.Services.AddSingleton(Options.Create(options ?? new IngestOptions()));
        var app = builder.Build();
        app.UseExceptionHandler();
        app.MapIngest();
        await app.StartAsync(Cancel);
        var house = new IngestHouse(app, database, telemetry.Store, await telemetry.NewDatabaseAsync());
        await house.AddOrganizationAsync("acme", "Project_1", "Project_2", "Project_3");
        await house.AddTokenAsync("acme", "admin", "admin", null);
        await house.AddTokenAsync("acme", "sre", "sre", ["Project_1", "Project_2"]);
        await house.AddTokenAsync("acme", "viewer", "viewer", null);
        await house.AddTokenAsync("acme", "mobile", "sre", ["Project_1"], """[{"dimension":"platform","value":"mobile"}]""");
        return house;
    }

    /// <summary>One whose telemetry lies in the same database, which the settings do not forbid.</summary>
    public async Task AddOrganizationAsync(string slug, params string[] projects)
    {
        await using (var gateway = await postgres.BeginGatewayAsync(Cancel))
        {
            await gateway.Connection.ExecuteAsync(gateway.Command("INSERT INTO organization (slug, name, telemetry_database) VALUES (@slug, @slug, @Database)", new { slug, Database }, Cancel));
            await gateway.CommitAsync(Cancel);
        }

        await ExecuteAsync(slug, "INSERT INTO project (organization_id, id) SELECT @organization, unnest(@projects)", id => new { organization = id, projects });
    }

    /// <param name="name">The token too.</param>
    /// <param name="projects">Null: all.</param>
    public async Task AddTokenAsync(string slug, string name, string role, string[]? projects, string conditions = "[]")
    {
        await ExecuteAsync(slug, """
            WITH added AS
            (
                INSERT INTO principal (organization_id, name, role, all_projects, projects, conditions)
                VALUES (@organization, @name, @role, @all, @projects, @conditions::jsonb)
                RETURNING id
            )
            INSERT INTO token (organization_id, hash, principal_id, name) SELECT @organization, @hash, id, @name FROM added
            """, id => new { organization = id, name, role, all = projects is null, projects = projects ?? [], conditions, hash = AccessToken.Hash(name) });
    }

    public async Task<IReadOnlyList<string>> ProjectsAsync()
    {
        await using var session = await postgres.BeginGatewayAsync(Cancel);
        return [.. await session.Connection.QueryAsync<string>(session.Command("SELECT id FROM project ORDER BY id", null, Cancel))];
    }

    public Task<(int Status, string Answer, TimeSpan? Wait)> SendAsync(string body, string? token = "admin", string? key = null) => SendAsync(Encoding.UTF8.GetBytes(body), token, key);

    public Task<(int Status, string Answer, TimeSpan? Wait)> SendAsync(byte[] body, string? token = "admin", string? key = null, string? encoding = null) =>
        SendAsync(new ByteArrayContent(body), token, key, encoding);

    public async Task<(int Status, string Answer, TimeSpan? Wait)> SendAsync(HttpContent content, string? token = "admin", string? key = null, string? encoding = null, string type = "application/x-ndjson")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ingest") { Content = content };
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (encoding is not null)
            content.Headers.ContentEncoding.Add(encoding);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

        using var response = await Http.SendAsync(request, Cancel);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Cancel), response.Headers.RetryAfter?.Delta);
    }

    /// <summary>How many requests there are, which each roll-up must say too.</summary>
    public async Task<long> CountAsync()
    {
        var raw = await ScalarAsync("SELECT count() FROM {database:Identifier}.request WHERE /*scope*/");
        foreach (var table in Tables)
        {
            Assert.Equal((table, raw), (table, await ScalarAsync($"SELECT sum(request_count) FROM {{database:Identifier}}.{table} WHERE /*scope*/")));
        }

        return raw;
    }

    /// <summary>Every row as text, in order.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(string? database = null)
    {
        var columns = string.Join(", ", TelemetryTable.Request.Columns.Select(column => column.Name));
        await using var reader = await telemetry.ReadAsync(AccessScope.ForEvaluator(database ?? Database), new TelemetryQuery($"SELECT toString(tuple({columns})) FROM {{database:Identifier}}.request WHERE /*scope*/ ORDER BY timestamp, request_id", new Dictionary<string, object?>()), Cancel);
        var rows = new List<string>();
        while (await reader.ReadAsync(Cancel))
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
    }

    private async Task<long> ScalarAsync(string sql)
    {
        await using var reader = await telemetry.ReadAsync(AccessScope.ForEvaluator(Database), new TelemetryQuery(sql, new Dictionary<string, object?>()), Cancel);
        return await reader.ReadAsync(Cancel) ? Convert.ToInt64(reader.GetValue(0)) : 0;
    }

    private async Task ExecuteAsync(string slug, string sql, Func<long, object> parameters)
    {
        long id;
        await using (var gateway = await postgres.BeginGatewayAsync(Cancel))
        {
            id = await gateway.Connection.QuerySingleAsync<long>(gateway.Command("SELECT id FROM organization WHERE slug = @slug", new { slug }, Cancel));
        }

        await using var session = await postgres.BeginAsync(id, Cancel);
        await session.Connection.ExecuteAsync(session.Command(sql, parameters(id), Cancel));
        await session.CommitAsync(Cancel);
    }
}
