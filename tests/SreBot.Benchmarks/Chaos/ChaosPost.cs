namespace SreBot.Benchmarks.Chaos;

/// <summary>A message as people see it, with all that its text was.</summary>
/// <param name="Thread">The <c>ts</c> of the message that it answers; null: it stands in the channel itself.</param>
/// <param name="Key">Of its metadata; null: none was given.</param>
/// <param name="Texts">Oldest first.</param>
internal sealed record ChaosPost(string Channel, string Ts, string? Thread, string? Key, List<string> Texts);
