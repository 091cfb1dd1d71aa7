using System.Text.RegularExpressions;
using SreBot.Adapters.Chat;

namespace SreBot.Alerts.Rules;

/// <summary>Where an alert may go, as people write it: <c>#here</c>, <c>#incidents</c>, <c>ops@example.org</c>, <c>+49 …</c>, <c>webhook:NAME</c>, <c>platform:workspace/channel</c>.</summary>
internal static partial class AlertTarget
{
    public const string What = "#here, a channel, an e-mail address, a telephone number such as +491701234567, webhook:NAME or pagerduty:NAME";

    private static readonly string[] Kinds = ["email", "sms", "webhook", "pagerduty"];

    public static string Take(AlertWords words, AlertDefaults defaults) =>
        words.TakeAs(What, word => Find(word, defaults), ["#here", .. defaults.Channels.Keys, .. defaults.Here is { } here ? [here] : (string[])[]]);

    /// <summary>As rules keep it; null when the word is none, or names a channel that is not known.</summary>
    public static string? Find(string word, AlertDefaults defaults) => word switch
    {
        "#here" or "here" => defaults.Here,
        _ when SlackChannel().Match(word) is { Success: true } slack => defaults.Here?.Split('/') is [var team, _] && team.StartsWith("slack:", StringComparison.Ordinal) ? $"{team}/{slack.Groups["id"].Value}" : null,
        _ when word.StartsWith('#') => defaults.Channels.TryGetValue(word, out var known) ? known : Console(word[1..], defaults),
        _ when Mail().IsMatch(word) => $"email:{word}",
        _ when Telephone().IsMatch(word) => $"sms:+{string.Concat(word.Where(char.IsAsciiDigit))}",
        _ => Typed(word),
    };

    /// <summary>Whether it is a place in chat rather than <c>email:…</c> and the like.</summary>
    public static bool IsChat(string target) => !Kinds.Contains(target.Split(':')[0]);

    private static string? Typed(string word)
    {
        var colon = word.IndexOf(':', StringComparison.Ordinal);
        var (kind, rest) = colon > 0 ? (word[..colon].ToLowerInvariant(), word[(colon + 1)..]) : ("", word);
        return kind switch
        {
            "email" or "mailto" => Mail().IsMatch(rest) ? $"email:{rest}" : null,
            "sms" or "tel" => Telephone().IsMatch(rest) ? $"sms:+{string.Concat(rest.Where(char.IsAsciiDigit))}" : null,
            "webhook" or "pagerduty" => ReceiverName().IsMatch(rest) ? $"{kind}:{rest}" : null,
            "slack" or "teams" or "web" => Chat(word),
            _ => null,
        };
    }

    private static string? Chat(string word)
    {
        try
        {
            var address = ChatAddress.Parse(word);
            return address.Workspace.Length > 0 && address.Channel.Length > 0 ? address.ToTarget() : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string? Console(string name, AlertDefaults defaults) => name.Length > 0 && defaults.Console is { } console && (defaults.Here is null || defaults.Here.StartsWith("web:", StringComparison.Ordinal)) ? $"web:{console}/{name}" : null;

    [GeneratedRegex(@"^<#(?<id>[A-Za-z0-9]+)(?:\|[^<>]*)?>$")]
    private static partial Regex SlackChannel();

    [GeneratedRegex(@"^[^\s@:,/<>""]+@[^\s@:,/<>""]+\.[^\s@:,/<>"".]+$")]
    private static partial Regex Mail();

    [GeneratedRegex(@"^\+[0-9\-().]{6,24}$")]
    private static partial Regex Telephone();

    [GeneratedRegex(@"^[\w-]{1,100}$")]
    private static partial Regex ReceiverName();
}
