using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using SreBot.Model;

namespace SreBot.Planning;

/// <summary>Runs a tool so that nothing it throws reaches the model as it is, and nothing it returns is too large for one.</summary>
internal sealed partial class ToolGuard(ILogger<ToolGuard> log)
{
    public const int MostBytes = 64 * 1024;

    public async Task<ToolRun> RunAsync(IReadOnlyList<AIFunction> tools, FunctionCallContent call, CancellationToken cancel)
    {
        if (tools.FirstOrDefault(tool => tool.Name == call.Name) is not { } tool)
            return new ToolRun(call.Name, null, $"There is no tool of that name; there are {string.Join(", ", tools.Select(known => known.Name))}.");

        try
        {
            var returned = await tool.InvokeAsync(new AIFunctionArguments(call.Arguments), cancel);
            var result = returned as ToolResult ?? throw new InvalidOperationException($"The tool {tool.Name} returned no result.");
            return new ToolRun(call.Name, result, Text(result));
        }
        catch (SreException error)
        {
            return new ToolRun(call.Name, null, error.Message);
        }
        catch (Exception error) when (error is JsonException or ArgumentException && call.Arguments is { Count: > 0 })
        {
            LogArguments(error, call.Name);
            return new ToolRun(call.Name, null, $"The arguments of {call.Name} could not be read.");
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogFailed(error, call.Name);
            return new ToolRun(call.Name, null, "Internal error");
        }
    }

    /// <summary>JSON of the summary and the facts; without the facts when they are too large.</summary>
    private static string Text(ToolResult result)
    {
        var text = JsonSerializer.Serialize(new { result.Summary, data = result.Facts }, SreJson.Options);
        return Encoding.UTF8.GetByteCount(text) <= MostBytes ? text : JsonSerializer.Serialize(new { result.Summary, note = "The data was too large and was left out." }, SreJson.Options);
    }

    [LoggerMessage(LogLevel.Error, "The tool {Tool} failed")]
    private partial void LogFailed(Exception error, string tool);

    [LoggerMessage(LogLevel.Warning, "The tool {Tool} was called with arguments that it cannot read")]
    private partial void LogArguments(Exception error, string tool);
}
