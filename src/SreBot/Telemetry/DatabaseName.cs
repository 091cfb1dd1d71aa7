using System.Text.RegularExpressions;

namespace SreBot.Telemetry;

/// <summary>The only names of databases that SreBot uses; the check is what lets one stand in DDL, which takes no parameters.</summary>
internal static partial class DatabaseName
{
    /// <returns>The name itself.</returns>
    /// <exception cref="InvalidOperationException">It is not small letters, digits and underscores, up to 64.</exception>
    public static string Check(string name) =>
        Allowed().IsMatch(name) ? name : throw new InvalidOperationException($"'{name}' is no name for a telemetry database.");

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Allowed();
}
