using SreBot.Adapters.Web;

namespace SreBot.Adapters.Tests.Web;

/// <summary>Two organizations with a token each, and a demo that a test may turn off.</summary>
internal sealed class MemorySignIn : IWebSignIn
{
    public static readonly WebVisitor Demo = new(new("web", "demo", "p-demo", "Guest"), "Northwind", true, ["incidents", "checkout"]);
    public static readonly WebVisitor Ana = new(new("web", "acme", "p-ana", "Ana"), "Acme", false, ["operations"]);
    public static readonly WebVisitor Ben = new(new("web", "acme", "p-ben", "Ben"), "Acme", false, ["operations"]);

    public bool HasDemo { get; set; } = true;

    public Dictionary<string, WebVisitor> Tokens { get; } = new() { ["token-of-ana"] = Ana, ["token-of-ben"] = Ben };

    public Task<WebVisitor?> FindAsync(string token, CancellationToken cancel) => Task.FromResult(Tokens.GetValueOrDefault(token));

    public Task<WebVisitor?> FindDemoAsync(CancellationToken cancel) => Task.FromResult(HasDemo ? Demo : null);
}
