using System.Text.Json;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Slack;

/// <summary>What an open form knows: where it was asked for and what it does. Slack keeps it, and gives it back under its signature.</summary>
/// <param name="Channel">Where its private answers go; the person's id for the conversation with them.</param>
internal sealed record SlackViewState(string Verb, string Value, string Channel, string? Thread, bool IsDirect, bool IsAtHome)
{
    /// <summary>Slack keeps no more with a view.</summary>
    private const int Longest = 3000;

    public static SlackViewState Of(ReplyForm form, ChatTurn asked, bool hasEmptyThread, bool isAtHome) =>
        new(form.Verb, form.Value, asked.Address.Channel, hasEmptyThread ? null : asked.Address.Thread, asked.IsDirect, isAtHome);

    /// <summary>Null when it is more than Slack keeps.</summary>
    public string? Write() => JsonSerializer.Serialize(this, SlackJson.Compact) is { Length: <= Longest } text ? text : null;

    /// <summary>Null for what <see cref="Write"/> did not write.</summary>
    public static SlackViewState? Read(string? metadata)
    {
        try
        {
            return metadata is not null && JsonSerializer.Deserialize<SlackViewState>(metadata) is { Verb: not null, Value: not null, Channel: not null } state ? state : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What was filled in, by field.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Fields(JsonElement view)
    {
        var fields = new Dictionary<string, IReadOnlyList<string>>();
        if (view.At("state", "values") is not { ValueKind: JsonValueKind.Object } values)
            return fields;
        foreach (var field in values.EnumerateObject())
            fields[field.Name] = field.Value.At(SlackView.InputId) is { } input ? Values(input) : [];
        return fields;
    }

    private static IReadOnlyList<string> Values(JsonElement input)
    {
        var chosen = input.Items("selected_options").Select(option => option.Text("value")).Append(input.Text("selected_option", "value")).Append(input.Text("value"));
        return [.. chosen.OfType<string>().Select(value => value.Trim()).Where(value => value.Length > 0)];
    }
}
