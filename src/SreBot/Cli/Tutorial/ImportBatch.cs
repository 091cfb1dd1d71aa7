namespace SreBot.Cli.Tutorial;

/// <summary>The rows of one part in ClickHouse.</summary>
internal sealed record ImportBatch
{
    /// <summary>Names the insert.</summary>
    public Guid Batch { get; init; }

    /// <summary>UTC; the rows are kept from then on.</summary>
    public DateTime BegunAt { get; init; }

    public string Token => $"import:{Batch:N}";
}
