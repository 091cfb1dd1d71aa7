using Dapper;
using Microsoft.Extensions.Options;
using SreBot.Adapters.Chat;
using SreBot.Cli.Seeding;
using SreBot.Model;
using SreBot.Postgres;
using SreBot.Telemetry;

namespace SreBot.Cli.Demo;

/// <summary>Makes and removes the organization <c>demo</c>, with its telemetry in the database <c>sre_demo</c>.</summary>
internal sealed class DemoOrganization(
    PostgresDatabase postgres, ITelemetryStore telemetry, DemoStore store, DemoCreation creation, DemoWriter writer, DemoGate gate, SeedIncidents incidents, IOptions<DemoOptions> options, TimeProvider time)
{
    /// <summary>The console's channel that the demo's rules post in.</summary>
    public static ChatAddress Channel { get; } = new("web", DemoStore.Slug, "incidents");

    /// <summary>Creates the demo on a fresh installation, or brings its telemetry up to now where it is. Runs before the evaluator and the tail start.</summary>
    /// <param name="evenIfNotFresh">True: also where the demo was removed before, or never was.</param>
    /// <returns>The organization's id; null: there is no demo, because it is not allowed or the installation is not fresh.</returns>
    /// <exception cref="SreException">Conflict, when the demo's names are taken.</exception>
    public async Task<long?> EnsureAsync(bool evenIfNotFresh, CancellationToken cancel)
    {
        if (await gate.RefusalAsync(cancel) is not null)
            return null;
        if (await store.LoadAsync(cancel) is null)
        {
            if (!evenIfNotFresh && !await creation.IsFreshAsync(cancel))
                return null;
            await creation.CreateAsync(new SeedSettings { Seed = options.Value.Seed }, cancel);
        }

        await telemetry.MigrateAsync(DemoStore.Database, cancel);
        await writer.CatchUpAsync(time.GetUtcNow(), null, cancel);
        return await store.FindOrganizationAsync(cancel);
    }

    /// <summary>Makes the demo anew, whatever was there, with that telemetry: the causes that the settings name, or the demo's own story where they name none. Each of those causes gets an incident.</summary>
    /// <exception cref="SreException">Conflict, when the demo is not allowed or its names are taken; Invalid, when a setting is out of range.</exception>
    public async Task<DemoStory> ReplaceAsync(SeedSettings settings, CancellationToken cancel)
    {
        settings.Checked();
        if (await gate.RefusalAsync(cancel) is { } why)
            throw new SreException(SreErrorKind.Conflict, why);
        await creation.CheckNamesAsync(settings, cancel);
        await RemoveAsync(cancel);
        var story = await creation.CreateAsync(settings, cancel);
        await writer.CatchUpAsync(time.GetUtcNow(), null, cancel);
        return settings.Causes.Count == 0 ? story : await OpenIncidentsAsync(story, cancel);
    }

    private async Task<DemoStory> OpenIncidentsAsync(DemoStory story, CancellationToken cancel)
    {
        var place = (await store.LoadAsync(cancel))!;
        var told = story with { Plan = story.Plan with { Causes = await incidents.OpenAsync(story.Plan, place.OrganizationId, DemoStore.Database, cancel) } };
        await store.SaveStoryAsync(place with { Story = told }, cancel);
        return told;
    }

    private const string RemoveTurnsSql = """
        DELETE FROM chat_turn WHERE platform = @platform AND turn->'address'->>'workspace' = @workspace;
        DELETE FROM chat_reference WHERE platform = @platform AND workspace = @workspace;
        """;

    private const string RemoveSql = "DELETE FROM organization WHERE id = @organization AND is_demo";

    /// <summary>Removes the organization with all that belongs to it, and its telemetry; may be run again.</summary>
    /// <returns>False: there was none.</returns>
    public async Task<bool> RemoveAsync(CancellationToken cancel)
    {
        using var turn = await writer.EnterAsync(cancel);
        if (await store.FindOrganizationAsync(cancel) is not { } organization)
            return false;
        await telemetry.DropAsync(DemoStore.Database, cancel);
        await using (var gateway = await postgres.BeginGatewayAsync(cancel))
        {
            await gateway.Connection.ExecuteAsync(gateway.Command(RemoveTurnsSql, new { platform = Channel.Platform, workspace = Channel.Workspace }, cancel));
            await gateway.CommitAsync(cancel);
        }

        await using var session = await postgres.BeginAsync(organization, cancel);
        await session.Connection.ExecuteAsync(session.Command(RemoveSql, new { organization }, cancel));
        await session.CommitAsync(cancel);
        return true;
    }
}
