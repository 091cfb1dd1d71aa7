using SreBot.Model;

namespace SreBot.Alerts.Rules;

/// <summary>Why a command cannot be read.</summary>
/// <param name="Mistake">Null: its words can be read, and what they say is not allowed.</param>
internal sealed record AlertRefusal(string Why, AlertMistake? Mistake)
{
    /// <summary>Null: it can be read.</summary>
    public static AlertRefusal? Of(string text, AlertDefaults defaults)
    {
        var words = new AlertWords(text);
        try
        {
            AlertGrammar.Read(words, defaults);
            return null;
        }
        catch (SreException error)
        {
            return new AlertRefusal(error.Message, words.Mistake);
        }
    }
}
