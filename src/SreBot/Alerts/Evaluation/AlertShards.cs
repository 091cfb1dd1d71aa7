namespace SreBot.Alerts.Evaluation;

/// <summary>The parts that the rules are split into, so that replicas share the work.</summary>
internal static class AlertShards
{
    public const int Count = 4;

    /// <summary>The same in SQL, of a column <c>id</c> of the alias <c>a</c>.</summary>
    public const string OfSql = "get_byte(uuid_send(a.id), 15) % 4";

    public static int Of(Guid alertId)
    {
        Span<byte> bytes = stackalloc byte[16];
        alertId.TryWriteBytes(bytes, bigEndian: true, out _);
        return bytes[15] % Count;
    }
}
