using System.Text.RegularExpressions;
using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Delivery;

/// <summary>Where a notification goes: <c>slack:T01/C02</c>, <c>email:ops@example.org</c>, <c>sms:+4915112345678</c>, <c>webhook:ops</c>, <c>pagerduty:oncall</c>.</summary>
/// <param name="Name">What follows the kind; of a chat the whole target.</param>
internal sealed partial record NotifyTarget(NotifyTargetKind Kind, string Name)
{
    private const int LongestAddress = 254; // RFC 5321, 4.5.3.1.3

    /// <summary>The word that the target starts with; of a chat its platform.</summary>
    public string Word => Kind == NotifyTargetKind.Chat ? Name.Split(':')[0] : WordOf(Kind);

    public override string ToString() => Kind == NotifyTargetKind.Chat ? Name : $"{WordOf(Kind)}:{Name}";

    /// <summary>Reads what <see cref="ToString"/> wrote, and what people write for it.</summary>
    /// <exception cref="SreException">Invalid; it says which form was expected.</exception>
    public static NotifyTarget Parse(string target)
    {
        var (word, name) = target.Split(':', 2) is [var first, var rest] ? (first, rest) : ("", "");
        return KindOf(word) is { } kind ? Of(kind, name) : new(NotifyTargetKind.Chat, Chat(target).ToTarget());
    }

    /// <param name="word">Such as <c>email</c>; null for any other.</param>
    public static NotifyTargetKind? KindOf(string word) => word.ToLowerInvariant() switch
    {
        "email" or "mail" => NotifyTargetKind.Email,
        "sms" => NotifyTargetKind.Sms,
        "webhook" => NotifyTargetKind.Webhook,
        "pagerduty" => NotifyTargetKind.PagerDuty,
        _ => null,
    };

    /// <param name="kind">Any but chat.</param>
    /// <exception cref="SreException">Invalid, when the name does not fit.</exception>
    public static NotifyTarget Of(NotifyTargetKind kind, string name) => new(kind, kind switch
    {
        NotifyTargetKind.Email => Email(name.Trim()),
        NotifyTargetKind.Sms => Number(name),
        _ when Label().IsMatch(name.Trim()) => name.Trim().ToLowerInvariant(),
        _ => throw new SreException(SreErrorKind.Invalid, $"'{name}' cannot be the name of a {WordOf(kind)}; take letters, digits, - and _, such as {WordOf(kind)}:ops."),
    });

    /// <exception cref="SreException">Invalid, when it is no channel.</exception>
    public static ChatAddress Chat(string target)
    {
        try
        {
            return ChatAddress.Parse(target);
        }
        catch (FormatException error)
        {
            throw new SreException(SreErrorKind.Invalid, error.Message, error);
        }
    }

    private static string WordOf(NotifyTargetKind kind) => kind.ToString().ToLowerInvariant();

    private static string Email(string name) => name.Length <= LongestAddress && Address().Match(name) is { Success: true } match
        ? $"{match.Groups["local"].Value}@{match.Groups["domain"].Value.ToLowerInvariant()}"
        : throw new SreException(SreErrorKind.Invalid, $"'{name}' is not a mail address of the form ops@example.org.");

    private static string Number(string name)
    {
        var number = string.Concat(name.Where(c => c is not (' ' or '-' or '(' or ')' or '/' or '.')));
        return International().IsMatch(number) ? number : throw new SreException(SreErrorKind.Invalid, $"'{name}' is not a telephone number of the form +4915112345678.");
    }

    /// <summary>The addresses that need no quotes (RFC 5321's Dot-string), ASCII alone.</summary>
    [GeneratedRegex(@"^(?<local>[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*)@(?<domain>[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*)\z")]
    private static partial Regex Address();

    /// <summary>E.164.</summary>
    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}\z")]
    private static partial Regex International();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}\z")]
    private static partial Regex Label();
}
