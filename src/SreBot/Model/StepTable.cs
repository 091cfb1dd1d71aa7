namespace SreBot.Model;

/// <summary>A bounded result: string, bool, long, ulong, double, decimal, <see cref="DateTimeOffset"/> or null in each cell.</summary>
/// <param name="IsCut">There were more rows.</param>
internal sealed record StepTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows, bool IsCut = false)
{
    /// <summary>The index of a column.</summary>
    public int Column(string name)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i] == name)
            {
                return i;
            }
        }

        throw new ArgumentException($"The result has no column {name}.", nameof(name));
    }

    public string Text(int row, string column) => Convert.ToString(Rows[row][Column(column)], System.Globalization.CultureInfo.InvariantCulture) ?? "";

    /// <summary>NaN where the cell is null.</summary>
    public double Number(int row, string column) =>
        Rows[row][Column(column)] is { } value ? Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture) : double.NaN;

    public DateTimeOffset Time(int row, string column) => (DateTimeOffset)Rows[row][Column(column)]!;
}
