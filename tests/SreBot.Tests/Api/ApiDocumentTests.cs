using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SreBot.Hosting;
using SreBot.Model;
using SreBot.Tests.Scenario;

namespace SreBot.Tests.Api;

/// <summary>The description of the API against what is really mapped, on the whole wiring without its engines and loops.</summary>
public sealed class ApiDocumentTests : IAsyncLifetime
{
    private static readonly string[] Elsewhere = ["/api/messages"]; // the Bot Connector's

    private readonly TempFolder folder = new();
    private Engines engines = null!;
    private WebApplication app = null!;
    private JsonElement document;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["Telemetry:Endpoint"] = "http://127.0.0.1:1";
        builder.Configuration["Postgres:ConnectionString"] = "Host=127.0.0.1;Port=1";
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        engines = await Engines.StartAsync(new ServeSettings(Path.Combine(folder.Path, "data"), IsEphemeral: false, Urls: null, IsQuiet: true), builder.Configuration, TimeProvider.System, NullLogger.Instance, TestContext.Current.CancellationToken);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IOperatorConsole>(new OperatorConsole(isQuiet: true));
        builder.Services.AddSreBot(builder.Configuration, engines, () => new Uri("http://127.0.0.1/"));
        foreach (var loop in builder.Services.Where(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Namespace?.StartsWith("SreBot", StringComparison.Ordinal) == true).ToList())
        {
            builder.Services.Remove(loop);
        }

        app = builder.Build();
        app.MapSreBot();
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient();
        document = await http.GetFromJsonAsync<JsonElement>(new Uri(new Uri(app.Urls.First()), "/openapi/v1.json"), TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await engines.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public void Every_endpoint_of_the_api_is_described()
    {
        var mapped = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []).Select(method => $"{method.ToLowerInvariant()} {Plain(endpoint.RoutePattern.RawText!)}"))
            .Where(endpoint => endpoint.Contains(" /api/", StringComparison.Ordinal) || endpoint.EndsWith("/sre_query", StringComparison.Ordinal))
            .Where(endpoint => !Elsewhere.Any(other => endpoint.EndsWith(other, StringComparison.Ordinal))).ToList();

        Assert.Contains("post /sre_query", mapped);
        Assert.Contains("get /api/incidents/{id}", mapped);
        Assert.Contains("post /api/incidents/{id}/snooze", mapped);
        Assert.Empty(mapped.Except(Operations().Select(operation => operation.Name)));
    }

    [Fact]
    public void Every_operation_says_what_it_does_who_may_call_it_and_how_errors_look()
    {
        var operations = Operations().ToList();

        Assert.All(operations, operation => Assert.True(operation.Body.TryGetProperty("summary", out _), operation.Name));
        Assert.All(operations.Where(operation => !operation.Name.EndsWith('z')), operation =>
        {
            Assert.Equal(["token", "password"], operation.Body.GetProperty("security").EnumerateArray().SelectMany(one => one.EnumerateObject()).Select(one => one.Name));
            Assert.Superset(new HashSet<string?> { "X-Hasura-Role", "X-Hasura-Project-Id" }, operation.Body.GetProperty("parameters").EnumerateArray().Select(one => one.GetProperty("name").GetString()).ToHashSet());
            Assert.All(["400", "401", "403"], status => Assert.EndsWith("/Error", operation.Body.GetProperty("responses").GetProperty(status).GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("$ref").GetString(), StringComparison.Ordinal));
        });
    }

    [Fact]
    public void The_chat_surfaces_and_the_pages_are_left_out() =>
        Assert.DoesNotContain(Operations(), operation => operation.Name.Contains("/console", StringComparison.Ordinal) || operation.Name.Contains("/slack", StringComparison.Ordinal) || operation.Name.Contains(" /investigations/", StringComparison.Ordinal) || operation.Name.Contains(" /incidents/", StringComparison.Ordinal));

    [Fact]
    public void Columns_keep_their_names_and_say_their_units()
    {
        var request = document.GetProperty("components").GetProperty("schemas").GetProperty("RequestRow").GetProperty("properties");

        Assert.Equal("Milliseconds.", request.GetProperty("execution_time").GetProperty("description").GetString());
        Assert.Equal("number", request.GetProperty("execution_time").GetProperty("type").GetString());
        Assert.Equal("US dollars.", request.GetProperty("cost").GetProperty("description").GetString());
    }

    private IEnumerable<(string Name, JsonElement Body)> Operations() =>
        document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation => ($"{operation.Name} {path.Name}", operation.Value)));

    private static string Plain(string pattern) => System.Text.RegularExpressions.Regex.Replace($"/{pattern.TrimStart('/')}", @"\{(\w+)[^}]*\}", "{$1}");
}
