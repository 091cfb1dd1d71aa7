namespace SreBot.Planning;

/// <summary>What a rule makes of a question.</summary>
/// <param name="Tool">Null: no tool, <paramref name="Text"/> is the answer.</param>
internal sealed record OfflineCall(string? Tool, IReadOnlyDictionary<string, object?> Arguments, string? Text = null)
{
    public static OfflineCall To(string tool, params IEnumerable<(string Name, object? Value)> arguments) =>
        new(tool, arguments.Where(argument => argument.Value is not null).ToDictionary(argument => argument.Name, argument => argument.Value));

    public static OfflineCall Say(string text) => new(null, new Dictionary<string, object?>(), text);
}
