namespace SreBot.Cli.Seeding;

/// <param name="Rows">Written so far.</param>
/// <param name="Share">Of the window, 0 to 1.</param>
internal readonly record struct SeedProgress(long Rows, double Share);
