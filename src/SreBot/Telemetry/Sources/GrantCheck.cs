using Microsoft.Extensions.Options;
using SreBot.Adapters.Chat;
using SreBot.Telemetry.Wire;

namespace SreBot.Telemetry.Sources;

/// <summary>Whether SreBot's ClickHouse user has the rights that the mode needs.</summary>
internal sealed class GrantCheck(IClickHouseTransport transport, IOptions<TelemetryOptions> options) : ISetupCheck
{
    public string Part => "Grants";

    public async Task<IReadOnlyList<SetupLine>> LookAsync(CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(options.Value.Endpoint))
            return [new(SetupState.Good, "The bundled engine grants everything to SreBot alone.")];

        var source = options.Value.Source;
        var inspector = new SourceInspector(transport);
        var (user, lines) = (await inspector.UserAsync(cancel), new List<SetupLine>());
        foreach (var right in SourceRights.Of(source.ParsedMode(), new TelemetrySource(options.Value).Mapping?.Table, source.Database))
        {
            lines.Add(await inspector.HasAsync(right, cancel) switch
            {
                true => new(SetupState.Good, $"{user} has {right}."),
                false => new(SetupState.Broken, $"{user} lacks {right}, or a part of it.", $"GRANT {right} TO {user};"),
                null => new(SetupState.Warning, $"The server cannot say whether {user} has {right}.", "ClickHouse tells from 24.11 on; look with: SHOW GRANTS"),
            });
        }

        return lines;
    }
}
