using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Telemetry;

public sealed class ScopeFilterTests
{
    private const string Sql = "SELECT count() FROM {database:Identifier}.request WHERE /*scope*/ AND service = {service:String} AND timestamp < (SELECT max(timestamp) FROM {database:Identifier}.request WHERE /*scope*/)";

    [Fact]
    public void Puts_the_condition_in_every_place_and_shows_what_runs()
    {
        var scope = TelemetryFixture.Scope("sre_test", "Project_1", "it's") with { Conditions = [new("platform", "mobile"), new("region", "eu\\1")] };

        var scoped = ScopeFilter.Apply(scope, Query(Sql, ("service", "check\tout")));

        const string condition = "(project_id IN {scope_projects:Array(String)} AND platform = {scope_0:String} AND region = {scope_1:String})";
        Assert.Equal(Sql.Replace("/*scope*/", condition, StringComparison.Ordinal), scoped.Sql);
        Assert.Equal(
            new Dictionary<string, string> { ["scope_projects"] = "['Project_1','it\\'s']", ["scope_0"] = "mobile", ["scope_1"] = "eu\\\\1", ["service"] = "check\\tout", ["database"] = "sre_test" },
            scoped.Parameters.ToDictionary());
    }

    [Fact]
    public void The_evaluator_sees_all_and_a_scope_without_projects_nothing()
    {
        Assert.Contains("WHERE true AND", ScopeFilter.Apply(AccessScope.ForEvaluator("sre"), Query(Sql, ("service", "x"))).Sql, StringComparison.Ordinal);

        var nothing = ScopeFilter.Apply(TelemetryFixture.Scope("sre") with { Conditions = [new("platform", "web")] }, Query(Sql, ("service", "x")));
        Assert.Contains("WHERE false AND", nothing.Sql, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mark_inside_a_value_stays_a_value()
    {
        var scope = TelemetryFixture.Scope("sre", "/*scope*/") with { Conditions = [new("platform", "/*scope*/ {scope_projects:Array(String)}")] };

        var scoped = ScopeFilter.Apply(scope, Query(Sql, ("service", "/*scope*/")));

        Assert.DoesNotContain("/*scope*/", scoped.Sql, StringComparison.Ordinal);
        Assert.Equal("/*scope*/", scoped.Parameters["service"]);
    }

    [Theory]
    [InlineData("SELECT 1")]
    [InlineData("SELECT 1 WHERE /* scope */")]
    public void A_read_without_the_mark_is_refused(string sql) =>
        Assert.Throws<InvalidOperationException>(() => ScopeFilter.Apply(AccessScope.ForEvaluator("sre"), Query(sql)));

    [Theory]
    [InlineData("database")]
    [InlineData("scope_projects")]
    [InlineData("scope_0")]
    [InlineData("SCOPE_1")]
    public void A_parameter_may_not_take_the_scopes_name(string name) =>
        Assert.Throws<InvalidOperationException>(() => ScopeFilter.Apply(AccessScope.ForEvaluator("sre"), Query("SELECT 1 WHERE /*scope*/", (name, "x"))));

    [Theory]
    [InlineData("status")]
    [InlineData("platform = 'x' OR 1 = 1 OR platform")]
    [InlineData("Platform")]
    public void A_condition_on_anything_but_a_dimension_is_refused(string dimension)
    {
        var scope = TelemetryFixture.Scope("sre", "Project_1") with { Conditions = [new(dimension, "x")] };

        Assert.Throws<InvalidOperationException>(() => ScopeFilter.Apply(scope, Query("SELECT 1 WHERE /*scope*/")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Sre")]
    [InlineData("sre.request --")]
    [InlineData("sre`")]
    [InlineData("sre\n")]
    public void A_database_with_another_kind_of_name_is_refused(string database) =>
        Assert.Throws<InvalidOperationException>(() => ScopeFilter.Apply(AccessScope.ForEvaluator(database), Query("SELECT 1 WHERE /*scope*/")));

    [Fact]
    public void A_placeholder_without_a_value_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => ScopeFilter.Apply(AccessScope.ForEvaluator("sre"), Query("SELECT {n:Int32} WHERE /*scope*/")));

    private static TelemetryQuery Query(string sql, params (string Name, object? Value)[] parameters) => new(sql, parameters.ToDictionary(p => p.Name, p => p.Value));
}
