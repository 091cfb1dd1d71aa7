using Dapper;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using SreBot.Adapters.Chat;
using SreBot.Changes;
using SreBot.Cli.Seeding;
using SreBot.Evidence;
using SreBot.Investigations;
using SreBot.Metrics;
using SreBot.Model;
using SreBot.Planning;
using SreBot.Postgres;
using SreBot.Telemetry;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Planning;

/// <summary>Questions on the real engines, for one organization with Project_1, Project_2 and Project_3 and seeded telemetry up to <see cref="Now"/>.</summary>
internal sealed class QuestionHouse
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 30, TimeSpan.Zero);

    private QuestionHouse(PostgresDatabase postgres, ITelemetryStore telemetry, string database, long organization)
    {
        (Postgres, Telemetry, Database, Organization) = (postgres, telemetry, database, organization);
        Steps = new StepStore(postgres);
        Recorders = new StepRecorderFactory(telemetry, postgres, Steps, Time, NullLogger<StepRecorder>.Instance);
    }

    public PostgresDatabase Postgres { get; }
    public ITelemetryStore Telemetry { get; }
    public string Database { get; }
    public long Organization { get; }
    public ManualTime Time { get; } = new(Now);
    public StepStore Steps { get; }
    public StepRecorderFactory Recorders { get; }
    public KnownIncidents Incidents { get; } = new();
    public KnownChanges Changes { get; } = new();
    public WindowReader Windows => new([Changes], [Incidents]);
    public AccessScope Scope => new() { OrganizationId = Organization, TelemetryDatabase = Database, Role = Role.Sre, Projects = ["Project_1", "Project_2", "Project_3"] };
    public Caller Caller => new(new Principal(Guid.Parse("11111111-1111-1111-1111-111111111111"), "Ana", "acme", Scope), Scope, null, null);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<QuestionHouse> NewAsync(PostgresFixture postgres, TelemetryFixture telemetry) => await NewAsync(postgres, telemetry.Store, await telemetry.NewDatabaseAsync());

    /// <param name="name">The telemetry database.</param>
    public static async Task<QuestionHouse> NewAsync(PostgresFixture postgres, ITelemetryStore telemetry, string name)
    {
        var database = await postgres.NewDatabaseAsync();
        long organization;
        await using (var gateway = await database.BeginGatewayAsync(Cancel))
        {
            organization = await gateway.Connection.ExecuteScalarAsync<long>(gateway.Command("INSERT INTO organization (slug, name, telemetry_database) VALUES ('acme', 'Acme', @name) RETURNING id", new { name }, Cancel));
            await gateway.CommitAsync(Cancel);
        }

        var house = new QuestionHouse(database, telemetry, name, organization);
        await using var tenant = await database.BeginAsync(organization, Cancel);
        await tenant.Connection.ExecuteAsync(tenant.Command("INSERT INTO project (organization_id, id) SELECT @organization, unnest(@projects)", new { organization, projects = house.Scope.Projects.ToArray() }, Cancel));
        await tenant.CommitAsync(Cancel);
        return house;
    }

    /// <summary>Hours of seeded requests up to now.</summary>
    public async Task<SeedPlan> SeedAsync(Func<SeedPlan, SeedPlan>? plant = null, int hours = 4, long seed = 7, int requestsAMinute = 100)
    {
        var settings = new SeedSettings { Seed = seed, Hours = hours, RequestsAMinute = requestsAMinute };
        var plan = plant?.Invoke(new SeedPlan(settings, [])) ?? new SeedPlan(settings, []);
        var window = settings.WindowUpTo(Now);
        foreach (var batch in Seeder.Batches(window, settings))
        {
            await Seeder.WriteBatchAsync(Telemetry, Database, plan, new SeedGenerator(plan), batch, $"seed-{Guid.NewGuid()}", Cancel);
        }

        return plan;
    }

    public async Task<ToolContext> ContextAsync(AccessScope? scope = null)
    {
        var caller = Caller with { Scope = scope ?? Scope };
        return new ToolContext(caller, await Recorders.StartAsync("a test's question", caller, null, Cancel), Time.GetUtcNow(), new Progress<string>());
    }

    public ChangeStore ChangeStore() => new(Telemetry, Microsoft.Extensions.Options.Options.Create(new TelemetryOptions()), Time);

    public static Investigator Investigator() => new(TimeProvider.System, NullLogger<Investigator>.Instance);

    /// <summary>The tools of metrics, changes and investigations.</summary>
    public IReadOnlyList<IToolPlugin> Plugins() => [new MetricsPlugin(Windows), new ChangePlugin(Windows), new InvestigationPlugin(Investigator(), Incidents, Windows)];

    public async Task<ToolResult> RunToolAsync(string tool, object arguments, ToolContext? context = null)
    {
        context ??= await ContextAsync();
        var function = Plugins().SelectMany(plugin => plugin.CreateTools(context)).Single(known => known.Name == tool);
        var values = arguments.GetType().GetProperties().ToDictionary(property => property.Name, property => property.GetValue(arguments));
        return (ToolResult)(await function.InvokeAsync(new AIFunctionArguments(values), Cancel))!;
    }

    public Planner Planner(IChatClient? model = null, PlannerOptions? options = null, IEnumerable<IToolPlugin>? more = null)
    {
        var settings = Microsoft.Extensions.Options.Options.Create(options ?? new PlannerOptions());
        return new Planner([.. Plugins(), .. more ?? []], new ToolLoop(new ToolGuard(NullLogger<ToolGuard>.Instance), settings), new PlannerClients(new OfflineChatClient(), model), Recorders, new ConversationStore(Postgres, Time), settings, Time, NullLogger<Planner>.Instance);
    }

    public Task<ChatReply> AskAsync(string question, string? thread = null, Planner? planner = null) => (planner ?? Planner()).AnswerAsync(question, Caller, thread, new Progress<string>(), Cancel);

    /// <summary>All that a person reads of a reply.</summary>
    public static string Text(ChatReply reply) => string.Join('\n', reply.Blocks.SelectMany(block => block switch
    {
        ReplySection section => section.Paragraphs.Concat(section.Bullets).Select(text => text.ToString()).Prepend(section.Title ?? ""),
        ReplyTable table => table.Rows.Select(row => string.Join(" | ", row)).Prepend(table.Title),
        ReplyChart chart => [chart.Title, chart.AlternativeText],
        ReplyBars bars => bars.Bars.Select(bar => $"{bar.Name} {bar.Label}").Prepend(bars.Title),
        ReplyButtons buttons => buttons.Buttons.Select(button => $"[{button.Text}]"),
        _ => [],
    }));
}
