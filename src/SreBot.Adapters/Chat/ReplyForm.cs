namespace SreBot.Adapters.Chat;

/// <summary>Fields to fill in and send. Where no form can stand it is a button that asks for it: the verb and value without fields.</summary>
/// <param name="Title">Of the form, and of the button that opens it; at most 24 characters.</param>
/// <param name="Verb">What to do with what was filled in; opaque to the adapters.</param>
/// <param name="Value">With what, beside the fields; at most 1,000 characters.</param>
/// <param name="Submit">What the button says that sends it; at most 24 characters.</param>
/// <param name="Fields">1 to 20, their names unique.</param>
public sealed record ReplyForm(string Title, string Verb, string Value, string Submit, IReadOnlyList<ReplyField> Fields) : ReplyBlock;
