using SreBot.Adapters.Chat;

namespace SreBot.Model;

/// <summary>What a form does: clicked without fields it gives the form, filled in it does what the form says.</summary>
internal interface IFormHandler : IActionHandler
{
    /// <param name="fields">By the names of the form's fields; none for one left empty.</param>
    /// <returns>With <see cref="ChatReply.Mistakes"/> when it is to be filled in again.</returns>
    /// <exception cref="SreException">Its message is what is wrong, with the form as a whole.</exception>
    Task<ChatReply> SubmitAsync(string value, IReadOnlyDictionary<string, IReadOnlyList<string>> fields, Caller caller, CancellationToken cancel);
}
