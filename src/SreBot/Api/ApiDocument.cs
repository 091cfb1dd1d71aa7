using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SreBot.Access;

namespace SreBot.Api;

/// <summary><c>GET /openapi/v1.json</c>: every endpoint with JSON, found by itself; the chat surfaces and the pages are left out. It adds what no signature says:
/// the token, the headers that narrow, and how errors look.</summary>
internal static class ApiDocument
{
    private const string Bearer = "token";
    private const string Basic = "password";
    private static readonly string[] Open = ["healthz", "readyz"];
    private static readonly string[] Others = ["slack", "console", "assets", "investigations", "incidents", "api/messages"];

    private static readonly (string Status, string Text)[] Errors =
    [
        ("400", "Something in the request is not right; the sentence says what."),
        ("401", "There is no token, or an unknown one."),
        ("403", "The token does not allow it, or a header asks for a role that it does not hold."),
        ("404", "There is no such thing that you may see."),
        ("409", "Something is in the way; the sentence says what to do."),
        ("503", "A store does not answer; try again in a moment."),
    ];

    public static void Configure(OpenApiOptions options)
    {
        options.ShouldInclude = endpoint => endpoint.RelativePath is { Length: > 0 } path && !Others.Any(other => path == other || path.StartsWith($"{other}/", StringComparison.Ordinal));
        options.AddDocumentTransformer(Describe);
        options.AddOperationTransformer(Complete);
        options.AddSchemaTransformer(Number);
    }

    private static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.Info.Title = "SreBot";
        document.Info.Description = "Times are UTC, execution times milliseconds, costs US dollars, CPU and memory percent. Every answer holds no more than the token, and the headers that narrow it, may see.";
        document.Servers?.Clear(); // it is served from where it describes
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API token; the admin's is printed at the first start." },
            [Basic] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "basic", Description = "The same token as the password, with any user name." },
        };
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas["Error"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = new Dictionary<string, IOpenApiSchema> { ["error"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "One sentence for a person." } },
            Required = new HashSet<string> { "error" },
        };
        return Task.CompletedTask;
    }

    private static Task Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        if (Open.Contains(context.Description.RelativePath))
        {
            return Task.CompletedTask;
        }

        operation.Security = [new() { [new(Bearer, context.Document)] = [] }, new() { [new(Basic, context.Document)] = [] }];
        operation.Parameters ??= [];
        operation.Parameters.Add(Header(HasuraNarrowing.RoleName, "viewer, sre or admin: act with that role, no more than the token's own."));
        operation.Parameters.Add(Header(HasuraNarrowing.ProjectName, "A project, or several with commas: see these alone, of those that the token sees."));
        operation.Responses ??= [];
        foreach (var (status, text) in Errors)
        {
            operation.Responses[status] = new OpenApiResponse
            {
                Description = text,
                Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = new OpenApiSchemaReference("Error", context.Document) } },
            };
        }

        return Task.CompletedTask;
    }

    /// <summary>Numbers are read from texts too, which the description need not offer.</summary>
    private static Task Number(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        if (schema.Type is { } type && (type & (JsonSchemaType.Integer | JsonSchemaType.Number)) != 0)
        {
            schema.Type = type & ~JsonSchemaType.String;
            schema.Pattern = null;
        }

        return Task.CompletedTask;
    }

    private static OpenApiParameter Header(string name, string text) =>
        new() { Name = name, In = ParameterLocation.Header, Description = text, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
}
