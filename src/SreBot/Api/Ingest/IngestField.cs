using System.Globalization;
using System.Text;
using System.Text.Json;
using SreBot.Evidence;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Api.Ingest;

/// <summary>A column of <c>request</c> as a line may give it; they stand in the table's order.</summary>
/// <param name="Least">Of a number; a text has none.</param>
/// <param name="Default">Null: each line must give it.</param>
internal sealed record IngestField(string Name, double Least, double Most, double? Default)
{
    public const int Id = 0, Timestamp = 1, Project = 2, FirstNumber = 9, Status = 9, ActiveRequests = 12;

    private const double MostMilliseconds = 1e12;
    private const double MostDollars = 1e9;

    /// <summary>A status of 0 says that it is not recorded; a duration has no such value, and without one a request would be a 0 in every percentile.</summary>
    public static IReadOnlyList<IngestField> All { get; } =
    [
        .. TelemetryTable.Request.Columns.Select(column => column.Name switch
        {
            "timestamp" or "project_id" => new IngestField(column.Name, 0, 0, null),
            "status" => new IngestField(column.Name, 100, 599, 0),
            "execution_time" => new IngestField(column.Name, 0, MostMilliseconds, null),
            "cost" => new IngestField(column.Name, 0, MostDollars, 0),
            "number_of_active_requests" => new IngestField(column.Name, 0, uint.MaxValue, 0),
            "cpu_usage" or "memory_usage" => new IngestField(column.Name, 0, 100, 0),
            _ => new IngestField(column.Name, 0, 0, 0),
        }),
    ];

    public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(Name);

    public bool IsWhole => Name is "status" or "number_of_active_requests";

    /// <summary>The field of that name.</summary>
    /// <exception cref="SreException">Invalid, naming the nearest ones.</exception>
    public static int Find(ref Utf8JsonReader name)
    {
        for (var i = 0; i < All.Count; i++)
        {
            if (name.ValueTextEquals(All[i].Utf8))
                return i;
        }

        var text = name.ValueSpan.Length <= 60 ? name.GetString()! : "of that length";
        var near = NearestName.Of(text, All.Select(field => field.Name));
        throw new SreException(SreErrorKind.Invalid, near.Count > 0
            ? $"there is no field '{text}'; did you mean {string.Join(" or ", near)}?"
            : $"there is no field '{text}'; the fields are {string.Join(", ", All.Select(field => field.Name))}.");
    }

    public SreException Misfit(string given)
    {
        var should = All[Timestamp] == this ? "a time with its zone, such as \"2026-03-01T10:00:00.123Z\", or whole milliseconds since 1970"
            : Most == 0 ? "text"
            : $"a {(IsWhole ? "whole " : "")}number from {Least.ToString("#,0", CultureInfo.InvariantCulture)} to {Most.ToString("#,0", CultureInfo.InvariantCulture)}";
        return new SreException(SreErrorKind.Invalid, $"{Name} should be {should}; it is {given}.");
    }
}
