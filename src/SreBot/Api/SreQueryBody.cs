using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SreBot.Api;

/// <summary>The body of <c>POST /sre_query</c> for the API's description; <see cref="SreQuery"/> reads it.</summary>
internal sealed record SreQueryBody
{
    [JsonPropertyName("body"), Description("The tutorial's form.")]
    public Holder? Body { get; init; }

    [JsonPropertyName("input"), Description("A Hasura Action's form.")]
    public QuestionInput? Input { get; init; }

    [JsonPropertyName("action"), Description("A Hasura Action's; not read.")]
    public JsonElement? Action { get; init; }

    [JsonPropertyName("session_variables"), Description("A Hasura Action's: X-Hasura-Role and X-Hasura-Project-Id narrow what the token allows.")]
    public IReadOnlyDictionary<string, string>? SessionVariables { get; init; }

    /// <summary>What <c>body</c> holds.</summary>
    internal sealed record Holder([property: JsonPropertyName("input")] QuestionInput Input);

    /// <summary>What <c>input</c> holds.</summary>
    internal sealed record QuestionInput([property: JsonPropertyName("question"), Description("Such as: why is INC-1 slow?")] string Question);
}
