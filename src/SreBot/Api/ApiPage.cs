using SreBot.Model;

namespace SreBot.Api;

/// <summary>Reads the query parameters that several endpoints share.</summary>
internal static class ApiPage
{
    /// <exception cref="SreException">Invalid, when it is out of range.</exception>
    public static int Limit(int? limit, int usual, int most) =>
        (limit ?? usual) is var count && count >= 1 && count <= most ? count : throw new SreException(SreErrorKind.Invalid, $"limit must lie between 1 and {most}.");

    /// <returns>Null when it is not given.</returns>
    /// <exception cref="SreException">Invalid, with an example.</exception>
    public static DateTimeOffset? Time(string name, string? text) => string.IsNullOrWhiteSpace(text) ? null
        : UtcTime.TryParse(text, out var at) ? at
        : throw new SreException(SreErrorKind.Invalid, $"{name} is no time; write it such as {UtcTime.Example}, in UTC.");
}
