using System.Data.Common;

namespace SreBot.Telemetry.Wire;

/// <summary>ClickHouse refused a statement for a reason that is no person's doing.</summary>
/// <param name="code">ClickHouse's own, such as 62 (SYNTAX_ERROR); 0 when it sent none.</param>
internal sealed class ClickHouseException(int code, string message) : DbException(message)
{
    public int Code { get; } = code;
}
