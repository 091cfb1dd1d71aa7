namespace SreBot.Telemetry;

/// <summary>A value made of one or two columns of a roll-up: <c>Scale × sum(Over) / sum(Under)</c>, or <c>max(Over)</c>.</summary>
/// <param name="Under">Null: nothing is divided by.</param>
internal sealed record RollupFormula(string Over, string? Under = null)
{
    public const string WindowSeconds = "{window_seconds:Float64}";

    /// <summary>The largest instead of the sum.</summary>
    public bool IsMaximum { get; init; }

    public double Scale { get; init; } = 1;

    /// <summary>Divided by the window's seconds.</summary>
    public bool IsPerSecond { get; init; }

    /// <summary>Nothing was recorded where the value is 0.</summary>
    public bool IsZeroMissing { get; init; }

    /// <summary>Over rows of a roll-up: a Float64, null where there is nothing to sum up.</summary>
    public string Sql
    {
        get
        {
            var sql = IsMaximum ? $"maxOrNull({Over})" : $"{(Scale == 1 ? "" : $"{Scale} * ")}toFloat64(sum({Over})){(Under is null ? "" : $" / nullIf(sum({Under}), 0)")}";
            sql = IsZeroMissing ? $"nullIf({sql}, 0)" : sql;
            return IsPerSecond ? $"{sql} / {WindowSeconds}" : sql;
        }
    }

    /// <summary>The same of what minutes hold, put together.</summary>
    /// <param name="over">The sum, or the largest, of a window with requests.</param>
    public double? Value(double over, double under, TimeSpan window)
    {
        if (Under is not null && under == 0)
            return null;

        var value = Scale * over / (Under is null ? 1 : under);
        return IsZeroMissing && value == 0 ? null : IsPerSecond ? value / window.TotalSeconds : value;
    }
}
