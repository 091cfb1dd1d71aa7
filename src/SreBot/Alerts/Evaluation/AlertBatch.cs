using Npgsql;
using NpgsqlTypes;
using SreBot.Postgres;

namespace SreBot.Alerts.Evaluation;

/// <summary>Statements of one transaction that travel together. Rows travel as one array a column: PostgreSQL takes these in without parsing text.</summary>
internal sealed class AlertBatch(PostgresSession session) : IAsyncDisposable
{
    private readonly NpgsqlBatch batch = session.Connection.CreateBatch();

    /// <param name="sql">With $1, $2 and on.</param>
    public void Add(string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        batch.BatchCommands.Add(command);
    }

    /// <summary>One value.</summary>
    public static NpgsqlParameter One(object value) => new() { Value = value is DateTimeOffset time ? time.UtcDateTime : value };

    /// <summary>A column.</summary>
    public static NpgsqlParameter Column<TRow, TValue>(IReadOnlyList<TRow> rows, NpgsqlDbType type, Func<TRow, TValue> value)
    {
        var values = new TValue[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = value(rows[i]);
        }

        return new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values };
    }

    public async Task ExecuteAsync(CancellationToken cancel)
    {
        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(cancel);
        }
    }

    public ValueTask DisposeAsync() => batch.DisposeAsync();
}
