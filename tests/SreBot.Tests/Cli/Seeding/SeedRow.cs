namespace SreBot.Tests.Cli.Seeding;

/// <summary>A made-up row with names.</summary>
internal sealed record SeedRow(object?[] Cells)
{
    public string Id => (string)Cells[0]!;
    public DateTimeOffset At => new((DateTime)Cells[1]!);
    public string Project => (string)Cells[2]!;
    public string Server => (string)Cells[3]!;
    public string Service => (string)Cells[4]!;
    public string Version => (string)Cells[5]!;
    public string Endpoint => (string)Cells[6]!;
    public string Region => (string)Cells[7]!;
    public string Platform => (string)Cells[8]!;
    public bool Failed => (ushort)Cells[9]! >= 400;
    public double Latency => (double)Cells[10]!;
    public double Cpu => (double)Cells[13]!;
    public double Memory => (double)Cells[14]!;

    public string On(string dimension) => dimension switch
    {
        "project_id" => Project,
        "server_id" => Server,
        "service" => Service,
        "endpoint" => Endpoint,
        "region" => Region,
        "platform" => Platform,
        _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, null),
    };

    public string Text => string.Join('|', Cells);
}
