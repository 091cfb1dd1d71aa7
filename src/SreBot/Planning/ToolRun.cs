using SreBot.Model;

namespace SreBot.Planning;

/// <summary>One tool call.</summary>
/// <param name="Result">Null when it failed.</param>
/// <param name="Text">What a model reads of it: JSON, or why it failed.</param>
internal sealed record ToolRun(string Name, ToolResult? Result, string Text);
