using SreBot.Adapters.Chat;
using SreBot.Adapters.Web;
using SreBot.Model;

namespace SreBot.Access;

/// <summary>Who visits the browser console: the holder of a token, or the demo's visitor.</summary>
internal sealed class WebSignIn(PrincipalStore principals) : IWebSignIn
{
    public async Task<WebVisitor?> FindAsync(string token, CancellationToken cancel) => Visitor(await principals.FindByTokenAsync(token, cancel));

    public async Task<WebVisitor?> FindDemoAsync(CancellationToken cancel) => Visitor(await principals.FindDemoAsync(OrganizationSetup.DemoVisitor, cancel));

    private static WebVisitor? Visitor(Principal? principal) => principal is null
        ? null
        : new(new ChatUser("web", principal.OrganizationSlug, principal.Id.ToString(), principal.Name), principal.OrganizationName, principal.IsDemo, ["incidents"]);
}
