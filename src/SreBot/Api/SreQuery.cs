using System.Text.Json;
using SreBot.Access;
using SreBot.Model;

namespace SreBot.Api;

/// <summary>The question in a body of <c>POST /sre_query</c>: the tutorial's own form, or the one that a Hasura Action sends.</summary>
/// <param name="Role">Of the session variables, when sent.</param>
/// <param name="Projects">Of the session variables, when sent.</param>
internal sealed record SreQuery(string Question, string? Role, string? Projects)
{
    /// <exception cref="SreException">Invalid, saying what the body should look like.</exception>
    public static async Task<SreQuery> ReadAsync(Stream body, CancellationToken cancel)
    {
        try
        {
            using var json = await JsonDocument.ParseAsync(body, cancellationToken: cancel);
            var root = json.RootElement;
            var holder = Property(root, "body") ?? root;
            if (Property(holder, "input") is { } input && Property(input, "question") is { ValueKind: JsonValueKind.String } question)
            {
                var variables = Property(root, "session_variables");
                return new(question.GetString()!, Text(variables, HasuraNarrowing.RoleName), Text(variables, HasuraNarrowing.ProjectName));
            }
        }
        catch (JsonException)
        {
            // Said below: the sentence is the same.
        }

        throw new SreException(SreErrorKind.Invalid, """The body should be {"body":{"input":{"question":"why is INC-1 slow?"}}}, or a Hasura Action's {"input":{"question":"…"}}.""");
    }

    private static JsonElement? Property(JsonElement? element, string name)
    {
        if (element is { ValueKind: JsonValueKind.Object } container)
        {
            foreach (var property in container.EnumerateObject())
            {
                if (string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
                {
                    return property.Value;
                }
            }
        }

        return null;
    }

    private static string? Text(JsonElement? variables, string name) =>
        Property(variables, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
}
