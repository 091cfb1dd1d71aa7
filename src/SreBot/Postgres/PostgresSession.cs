using Dapper;
using Npgsql;

namespace SreBot.Postgres;

/// <summary>One transaction in one role. Disposed without a commit, nothing happened.</summary>
internal sealed class PostgresSession(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
{
    public NpgsqlConnection Connection => connection;

    /// <summary>A Dapper command in this transaction.</summary>
    public CommandDefinition Command(string sql, object? parameters, CancellationToken cancel) => new(sql, parameters, transaction, cancellationToken: cancel);

    public Task CommitAsync(CancellationToken cancel) => transaction.CommitAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }
}
