using System.Text;
using System.Text.Json;
using SreBot.Adapters.Slack;

namespace SreBot.Adapters.Tests.Slack;

/// <summary>Deliveries as Slack sends them.</summary>
internal static class SignedRequest
{
    public const string Form = "application/x-www-form-urlencoded";

    public static Task<(int Status, string Body)> EventAsync(SlackHost host, object what, TimeProvider? time = null, string eventId = "Ev1") =>
        SendAsync(host, "/slack/events", "application/json", JsonSerializer.Serialize(Payloads.Event(what, eventId)), time);

    public static Task<(int Status, string Body)> ClickAsync(SlackHost host, object payload, TimeProvider? time = null, string path = "/slack/interactivity") =>
        SendAsync(host, path, Form, "payload=" + Uri.EscapeDataString(JsonSerializer.Serialize(payload)), time);

    public static Task<(int Status, string Body)> CommandAsync(SlackHost host, Dictionary<string, string> fields, TimeProvider? time = null, string path = "/slack/commands") =>
        SendAsync(host, path, Form, string.Join('&', fields.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value)}")), time);

    public static Task<(int Status, string Body)> SendAsync(SlackHost host, string path, string contentType, string body, TimeProvider? time = null)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var at = (time ?? TimeProvider.System).GetUtcNow().ToUnixTimeSeconds().ToString();
        return RawHttp.PostAsync(host.Address, path, contentType,
            [(SlackSignature.TimestampHeader, at), (SlackSignature.SignatureHeader, SlackSignature.Sign(SlackHost.Secret, at, bytes))], bytes);
    }
}
