using Dapper;
using SreBot.Postgres;

namespace SreBot.Delivery.Receivers;

/// <summary>Reads receivers in the caller's transaction.</summary>
internal static class ReceiverRows
{
    private const string Columns = "target, address, secret, projects, created_by AS CreatedBy, created_at AS CreatedAt";
    private const string FindSql = $"SELECT {Columns} FROM receiver WHERE organization_id = @organizationId AND target = @target";
    private const string ListSql = $"SELECT {Columns} FROM receiver WHERE organization_id = @organizationId ORDER BY target";

    /// <summary>Null when the organization has none of that name.</summary>
    public static async Task<Receiver?> FindAsync(PostgresSession session, long organizationId, string target, CancellationToken cancel) =>
        (await session.Connection.QuerySingleOrDefaultAsync<Row>(session.Command(FindSql, new { organizationId, target }, cancel)))?.ToReceiver();

    public static async Task<IReadOnlyList<Receiver>> ListAsync(PostgresSession session, long organizationId, CancellationToken cancel) =>
        [.. (await session.Connection.QueryAsync<Row>(session.Command(ListSql, new { organizationId }, cancel))).Select(row => row.ToReceiver())];

    private sealed record Row
    {
        public string Target { get; init; } = "";
        public string Address { get; init; } = "";
        public string? Secret { get; init; }
        public string[] Projects { get; init; } = [];
        public string CreatedBy { get; init; } = "";
        public DateTime CreatedAt { get; init; }

        public Receiver ToReceiver() => new() { Target = Target, Address = Address, Secret = Secret, Projects = Projects, CreatedBy = CreatedBy, CreatedAt = CreatedAt };
    }
}
