namespace SreBot.Embedded;

/// <summary>How a command reaches the SreBot that serves its data folder.</summary>
/// <param name="Address">Such as <c>http://127.0.0.1:5080</c>.</param>
/// <param name="Token">A bearer token of the process itself.</param>
internal sealed record ServingProcess(string Address, string Token);
