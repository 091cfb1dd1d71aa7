namespace SreBot.Model;

/// <summary>How to start serving.</summary>
/// <param name="DataFolder">Null: the user's own data folder.</param>
/// <param name="IsEphemeral">Use a new folder, and remove it at the end.</param>
/// <param name="Urls">Where to listen, as <c>http://127.0.0.1:5080</c>; null: loopback, port 5080, or another when it is taken.</param>
/// <param name="IsQuiet">Say nothing on the console: a command runs, not a service.</param>
internal sealed record ServeSettings(string? DataFolder, bool IsEphemeral, string? Urls, bool IsQuiet);
