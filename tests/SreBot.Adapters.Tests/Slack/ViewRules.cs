using System.Text.Json;

namespace SreBot.Adapters.Tests.Slack;

/// <summary>The limits of views and of inputs, as Slack's reference states them.</summary>
internal static class ViewRules
{
    public static IEnumerable<string> Check(JsonElement view)
    {
        var isModal = view.GetProperty("type").GetString() == "modal";
        if (!isModal && view.GetProperty("type").GetString() != "home")
            yield return "a view is a modal or a home";
        foreach (var name in (string[])["title", "submit", "close"])
        {
            if (view.TryGetProperty(name, out var text) && (text.GetProperty("type").GetString() != "plain_text" || text.GetProperty("text").GetString() is not { Length: > 0 and <= 24 }))
                yield return $"{name}: plain text of 1 to 24 characters";
        }
        if (isModal && !view.TryGetProperty("title", out _))
            yield return "a modal has a title";
        if (view.TryGetProperty("private_metadata", out var metadata) && metadata.GetString()!.Length > 3000)
            yield return "private_metadata over 3000";
        var blocks = view.GetProperty("blocks");
        var inputs = blocks.EnumerateArray().Where(block => block.GetProperty("type").GetString() == "input").ToList();
        if (blocks.GetArrayLength() is 0 or > 100)
            yield return "1 to 100 blocks";
        if (inputs.Count > 0 && !view.TryGetProperty("submit", out _))
            yield return "submit is required where inputs are";
        if (inputs.Select(input => input.GetProperty("block_id").GetString()).Distinct().Count() != inputs.Count)
            yield return "a block_id twice";
        foreach (var fault in inputs.SelectMany(CheckInput))
            yield return fault;
        var others = blocks.EnumerateArray().Where(block => block.GetProperty("type").GetString() != "input").ToList();
        if (others.Count > 0 && !(isModal && others.TrueForAll(block => block.GetProperty("type").GetString() == "section")))
        {
            foreach (var fault in BlockRules.Check(JsonSerializer.SerializeToElement(others)))
                yield return fault;
        }
    }

    private static IEnumerable<string> CheckInput(JsonElement input)
    {
        var element = input.GetProperty("element");
        var type = element.GetProperty("type").GetString();
        if (!IsPlain(input.GetProperty("label"), 2000) || (input.TryGetProperty("hint", out var hint) && !IsPlain(hint, 2000)))
            yield return "label and hint are plain text of 1 to 2000 characters";
        if (element.GetProperty("action_id").GetString() is not { Length: > 0 and <= 255 })
            yield return "an action_id";
        if (type == "plain_text_input")
        {
            if (element.TryGetProperty("initial_value", out var initial) && initial.GetString() is not { Length: <= 3000 })
                yield return "initial_value over 3000";
            yield break;
        }
        if (type is not ("static_select" or "multi_static_select" or "checkboxes"))
            yield return $"an input of unknown type {type}";
        var options = element.GetProperty("options").EnumerateArray().ToList();
        if (options.Count is 0 or > 100 || (type == "checkboxes" && options.Count > 10) || options.Exists(option => !IsPlain(option.GetProperty("text"), 75) || option.GetProperty("value").GetString() is not { Length: > 0 and <= 75 }))
            yield return "1 to 100 options of 1 to 75 characters";
        var chosen = element.TryGetProperty("initial_options", out var several) ? several.EnumerateArray().ToList() : element.TryGetProperty("initial_option", out var one) ? [one] : [];
        if (chosen.Exists(choice => !options.Exists(option => JsonElement.DeepEquals(option, choice))) || (type == "static_select" && element.TryGetProperty("initial_options", out _)))
            yield return "an initial option must be one of the options, exactly";
    }

    private static bool IsPlain(JsonElement text, int limit) => text.GetProperty("type").GetString() == "plain_text" && text.GetProperty("text").GetString() is { Length: > 0 } value && value.Length <= limit;
}
