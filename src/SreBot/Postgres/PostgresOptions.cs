namespace SreBot.Postgres;

/// <summary>Settings <c>Postgres:*</c>.</summary>
internal sealed class PostgresOptions
{
    /// <summary>Of the role that serves: no superuser, no BYPASSRLS, member of srebot_tenant, srebot_evaluator and srebot_gateway. Empty: the bundled server.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Of the role that owns the tables; needed at start when there are migrations to run. Empty: <see cref="ConnectionString"/>'s role owns them.</summary>
    public string? MigrationConnectionString { get; set; }
}
