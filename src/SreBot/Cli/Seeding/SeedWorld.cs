namespace SreBot.Cli.Seeding;

/// <summary>The shop whose telemetry is made up.</summary>
internal static class SeedWorld
{
    public static IReadOnlyList<SeedEndpoint> Endpoints { get; } =
    [
        new("catalog", "GET /products", 0.22, 6.2, 0.00004),
        new("catalog", "GET /search", 0.16, 7.6, 0.00011),
        new("cart", "GET /cart", 0.14, 6.0, 0.00003),
        new("cart", "POST /cart/items", 0.10, 6.8, 0.00005),
        new("checkout", "POST /pay", 0.18, 7.9, 0.00021),
        new("checkout", "POST /refund", 0.04, 7.4, 0.00018),
        new("account", "POST /login", 0.08, 7.1, 0.00006),
        new("account", "GET /profile", 0.08, 6.4, 0.00003),
    ];

    public static IReadOnlyList<(string Name, double Weight)> Regions { get; } = [("eu-west-1", 0.45), ("us-east-1", 0.35), ("ap-southeast-1", 0.20)];

    public static IReadOnlyList<(string Name, double Weight)> Platforms { get; } = [("web", 0.45), ("mobile", 0.40), ("api", 0.15)];

    public static IReadOnlyList<string> Services { get; } = [.. Endpoints.Select(endpoint => endpoint.Service).Distinct()];

    /// <summary>Each with the endpoints that call it.</summary>
    public static IReadOnlyList<(string Name, IReadOnlyList<string> Callers)> Dependencies { get; } =
    [
        ("payments-db", ["POST /pay", "POST /refund"]),
        ("search-index", ["GET /products", "GET /search"]),
        ("session-cache", ["GET /cart", "POST /login", "GET /profile"]),
    ];

    /// <summary>The number in the version label that a service has before any planted deploy; the label is <c>v</c> and the number.</summary>
    public static int FirstVersion(long seed, string service) => 20 + new SeedRandom(seed, 0x5645, Services.ToList().IndexOf(service)).Below(40);
}
