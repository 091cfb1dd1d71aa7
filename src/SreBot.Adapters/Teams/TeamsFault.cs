using System.Net;
using System.Text.Json;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Teams;

/// <summary>Reads a refusal of the Bot Connector: wait, or what a person has to do.</summary>
internal static class TeamsFault
{
    /// <param name="after">What <c>Retry-After</c> said.</param>
    /// <param name="mayHaveArrived">The call would do it a second time if it were made again.</param>
    public static PostOutcome Read(HttpStatusCode status, JsonElement body, TimeSpan? after, bool mayHaveArrived)
    {
        var code = body.TextAt("error", "code");
        return (int)status switch
        {
            429 => new PostOutcome.TryAgain("Teams asks SreBot to slow down.", after),
            412 => new PostOutcome.TryAgain("Teams is still at work on the message before.", after),
            408 or >= 500 and not 501 => new PostOutcome.TryAgain($"Teams failed ({(int)status}).", after, mayHaveArrived),
            413 => TooBig(),
            401 => new PostOutcome.GaveUp("Teams refused SreBot's token: check that Teams:AppId, Teams:TenantId and Teams:AppPassword belong to the bot registration."),
            403 => new PostOutcome.GaveUp($"SreBot may not post there ({code ?? "403"}): add its app to the team, chat or person in Teams."),
            404 when code == "ActivityNotFoundInConversation" => new PostOutcome.GaveUp("The message is no longer there: somebody deleted it."),
            404 => new PostOutcome.GaveUp($"Teams knows no such conversation ({code ?? "404"}): mention the bot there once, or link another channel."),
            400 when code == "MessageSizeTooBig" => TooBig(),
            _ => new PostOutcome.GaveUp($"Teams refused the message ({(int)status} {code}): {body.TextAt("error", "message") ?? "no reason given"}"),
        };
    }

    private static PostOutcome.GaveUp TooBig() => new("The message is larger than Teams takes: ask for less at once.");
}
