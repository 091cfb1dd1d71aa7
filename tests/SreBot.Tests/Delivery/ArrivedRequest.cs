namespace SreBot.Tests.Delivery;

/// <summary>A request that reached a local receiver.</summary>
internal sealed record ArrivedRequest(string Method, string Path, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public string Header(string name) => Headers.GetValueOrDefault(name, "");
}
