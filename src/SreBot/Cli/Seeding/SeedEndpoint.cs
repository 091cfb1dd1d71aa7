namespace SreBot.Cli.Seeding;

/// <param name="Weight">Part of all requests; the weights of all endpoints sum to 1.</param>
/// <param name="MedianMilliseconds">Of its execution time, without a cause.</param>
/// <param name="CostUsd">Of one request, on average.</param>
internal sealed record SeedEndpoint(string Service, string Name, double Weight, double MedianMilliseconds, double CostUsd);
