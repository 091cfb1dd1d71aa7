namespace SreBot.Tests.Rca;

/// <summary>A request of made-up traffic; a test changes it to plant a cause.</summary>
internal sealed class MadeRequest
{
    public required double Minute { get; init; }
    public required Dictionary<string, string> Values { get; init; }
    public double Latency { get; set; }
    public bool Fails { get; set; }
    public double Cpu { get; set; }
    public double Memory { get; set; }

    public bool Is(string dimension, string value) => Values[dimension] == value;
}
