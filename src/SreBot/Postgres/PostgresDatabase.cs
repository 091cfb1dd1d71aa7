using Dapper;
using Npgsql;
using SreBot.Model;

namespace SreBot.Postgres;

/// <summary>Opens transactions, each in one of the three roles; no statement runs outside of one.</summary>
internal sealed class PostgresDatabase(NpgsqlDataSource source)
{
    /// <summary>A transaction that sees the scope's organization alone.</summary>
    public Task<PostgresSession> BeginAsync(AccessScope scope, CancellationToken cancel) => BeginAsync(scope.OrganizationId, cancel);

    /// <summary>A transaction that sees that organization alone, for SreBot's own work on its rows.</summary>
    public Task<PostgresSession> BeginAsync(long organizationId, CancellationToken cancel) => BeginAsync("srebot_tenant", organizationId, cancel);

    /// <summary>A transaction of the loops: rules, states and the outbox of every organization.</summary>
    public Task<PostgresSession> BeginEvaluatorAsync(CancellationToken cancel) => BeginAsync("srebot_evaluator", null, cancel);

    /// <summary>A transaction that finds out who asks, and keeps the chat inbox.</summary>
    public Task<PostgresSession> BeginGatewayAsync(CancellationToken cancel) => BeginAsync("srebot_gateway", null, cancel);

    private async Task<PostgresSession> BeginAsync(string role, long? organizationId, CancellationToken cancel)
    {
        try
        {
            return await OpenAsync(role, organizationId, cancel);
        }
        catch (NpgsqlException error) when (error is not PostgresException || error.IsTransient)
        {
            source.Clear(); // a server that was restarted has left its pooled connections broken: one more try on a new one
        }

        try
        {
            return await OpenAsync(role, organizationId, cancel);
        }
        catch (NpgsqlException error) when (error is not PostgresException || error.IsTransient)
        {
            throw new SreException(SreErrorKind.Unavailable, "PostgreSQL does not answer; try again in a moment.", error);
        }
    }

    private async Task<PostgresSession> OpenAsync(string role, long? organizationId, CancellationToken cancel)
    {
        var connection = await source.OpenConnectionAsync(cancel);
        try
        {
            var session = new PostgresSession(connection, await connection.BeginTransactionAsync(cancel));
            await connection.ExecuteAsync(session.Command(
                "SELECT set_config('role', @role, true), set_config('sre.organization', @organization, true)",
                new { role, organization = organizationId?.ToString() ?? "" }, cancel));
            return session;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
