using Dapper;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Embedded;

public sealed class PostgresFixtureTests(PostgresFixture postgres)
{
    [Fact]
    public async Task An_organization_sees_its_own_projects_alone()
    {
        var database = await postgres.NewDatabaseAsync();
        var first = await PostgresFixture.NewOrganizationAsync(database, "first", "Project_1", "Project_2");
        await PostgresFixture.NewOrganizationAsync(database, "second", "Project_3");

        await using var session = await database.BeginAsync(first, TestContext.Current.CancellationToken);
        var projects = await session.Connection.QueryAsync<string>(session.Command("SELECT id FROM project ORDER BY id", null, TestContext.Current.CancellationToken));

        Assert.Equal(["Project_1", "Project_2"], projects);
    }
}
