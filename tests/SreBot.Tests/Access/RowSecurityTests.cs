using Dapper;
using SreBot.Model;
using SreBot.Postgres;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Access;

public sealed class RowSecurityTests(PostgresFixture postgres)
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    /// <summary>Those that ARCHITECTURE.md lists.</summary>
    private static readonly string[] WithoutOrganization = ["alert_book", "alert_replica", "alert_shard", "chat_reference", "chat_turn", "schema_script"];

    private const string TablesSql = """
        SELECT relname, relrowsecurity AND relforcerowsecurity AS forced
        FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        """;

    private const string RoleSql = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = session_user";

    [Fact]
    public async Task Every_table_with_an_organization_forces_its_policies()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var session = await database.BeginGatewayAsync(Cancel);

        var tables = (await session.Connection.QueryAsync<(string Name, bool IsForced)>(session.Command(TablesSql, null, Cancel))).ToList();

        Assert.Equal(WithoutOrganization, tables.Where(table => !table.IsForced).Select(table => table.Name).Order());
        Assert.False(await session.Connection.QuerySingleAsync<bool>(session.Command(RoleSql, null, Cancel)));
    }

    [Fact]
    public async Task A_tenant_neither_sees_nor_changes_another_organization()
    {
        var database = await postgres.NewDatabaseAsync();
        var ours = await PostgresFixture.NewOrganizationAsync(database, "ours", "Project_1");
        var theirs = await PostgresFixture.NewOrganizationAsync(database, "theirs", "Project_2");

        await using var session = await database.BeginAsync(ours, Cancel);
        var seen = await session.Connection.QueryAsync<string>(session.Command("SELECT id FROM project", null, Cancel));
        var deleted = await session.Connection.ExecuteAsync(session.Command("DELETE FROM project WHERE organization_id = @theirs", new { theirs }, Cancel));
        var planted = () => session.Connection.ExecuteAsync(session.Command("INSERT INTO project (organization_id, id) VALUES (@theirs, 'Project_3')", new { theirs }, Cancel));

        Assert.Equal(["Project_1"], seen);
        Assert.Equal(0, deleted);
        Assert.Equal("42501", (await Assert.ThrowsAsync<Npgsql.PostgresException>(planted)).SqlState);
    }

    [Theory]
    [InlineData("SELECT count(*) FROM principal")]
    [InlineData("SELECT count(*) FROM token")]
    [InlineData("SELECT count(*) FROM web_message")]
    public async Task The_loops_do_not_read_what_they_do_not_need(string sql)
    {
        var database = await postgres.NewDatabaseAsync();
        await using var session = await database.BeginEvaluatorAsync(Cancel);

        var error = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => session.Connection.ExecuteScalarAsync(session.Command(sql, null, Cancel)));

        Assert.Equal("42501", error.SqlState);
    }

    [Fact]
    public async Task Without_a_role_nothing_can_be_read()
    {
        await using var source = Npgsql.NpgsqlDataSource.Create((await postgres.NewConnectionStringsAsync()).Serving);
        await using var connection = await source.OpenConnectionAsync(Cancel);

        var error = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => connection.ExecuteScalarAsync<long>("SELECT count(*) FROM project"));

        Assert.Equal("42501", error.SqlState);
    }

    [Fact]
    public async Task A_migration_may_run_again_and_a_newer_database_is_refused()
    {
        var (_, owner) = await postgres.NewConnectionStringsAsync();
        await PostgresMigrator.MigrateAsync(owner, Cancel);
        await using var connection = new Npgsql.NpgsqlConnection(owner);
        await connection.ExecuteAsync("INSERT INTO schema_script (name) VALUES ('Postgres/999_later.sql')");

        var error = await Assert.ThrowsAsync<SreException>(() => PostgresMigrator.MigrateAsync(owner, Cancel));

        Assert.Equal(SreErrorKind.Conflict, error.Kind);
    }
}
