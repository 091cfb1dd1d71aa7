using SreBot.Access;
using SreBot.Model;

namespace SreBot.Cli.Demo;

/// <summary>The demo of a fresh installation, with the people who may look at it; where there is one, its telemetry is brought up to now.</summary>
internal sealed class DemoStartup(DemoOrganization demo, OrganizationSetup organizations) : IStartupStep
{
    public async Task RunAsync(CancellationToken cancel)
    {
        if (await demo.EnsureAsync(evenIfNotFresh: false, cancel) is { } organization)
            await organizations.EnsureDemoPeopleAsync(organization, cancel);
    }
}
