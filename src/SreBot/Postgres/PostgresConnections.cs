namespace SreBot.Postgres;

/// <summary>Where PostgreSQL is: the bundled server, or the one that the settings name.</summary>
/// <param name="Serving">Of the role that serves.</param>
/// <param name="Migration">Of the role that owns the tables.</param>
/// <param name="IsExclusive">No other SreBot can be using it: leases left by a killed process may be taken at once.</param>
internal sealed record PostgresConnections(string Serving, string Migration, bool IsExclusive);
