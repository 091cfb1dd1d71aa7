using System.Text.RegularExpressions;
using SreBot.Model;
using SreBot.Telemetry.Wire;

namespace SreBot.Telemetry;

/// <summary>Puts an <see cref="AccessScope"/> into a read. Values only ever travel as typed parameters, so no value can change what the SQL says.</summary>
internal static partial class ScopeFilter
{
    private const string Mark = "/*scope*/";

    /// <exception cref="InvalidOperationException">The SQL has no <c>/*scope*/</c>, or a parameter has a name that is kept for the scope, no value or no place.</exception>
    /// <exception cref="SreException">Invalid, when a value does not fit its parameter's type.</exception>
    public static ScopedQuery Apply(AccessScope scope, TelemetryQuery query)
    {
        if (!query.Sql.Contains(Mark, StringComparison.Ordinal))
            throw new InvalidOperationException($"A read of telemetry must hold {Mark} as a term of each WHERE.");

        var values = new Dictionary<string, object?>(query.Parameters.Count + 4);
        foreach (var (name, value) in query.Parameters)
        {
            if (IsReserved(name))
                throw new InvalidOperationException($"The parameter name '{name}' is kept for the scope.");

            values[name] = value;
        }

        var sql = query.Sql.Replace(Mark, Condition(scope, values), StringComparison.Ordinal);
        values["database"] = DatabaseName.Check(scope.TelemetryDatabase);
        return new ScopedQuery(sql, Texts(sql, values));
    }

    /// <summary>The parameters of a statement as text, checked against the types that it names.</summary>
    /// <exception cref="InvalidOperationException">A named parameter has no value, or stands with two types.</exception>
    public static IReadOnlyDictionary<string, string> Texts(string sql, IReadOnlyDictionary<string, object?> values)
    {
        var texts = new Dictionary<string, string>(values.Count);
        foreach (Match named in NamedParameter().Matches(sql))
        {
            var (name, type) = (named.Groups["name"].Value, named.Groups["type"].Value.Trim());
            if (!values.TryGetValue(name, out var value))
                throw new InvalidOperationException($"The SQL names the parameter '{name}', which has no value.");

            var text = ParameterText.Format(name, type, value);
            if (texts.TryGetValue(name, out var other) && other != text)
                throw new InvalidOperationException($"The parameter '{name}' stands with two types.");

            texts[name] = text;
        }

        return texts;
    }

    private static string Condition(AccessScope scope, Dictionary<string, object?> values)
    {
        if (scope.IsEvaluator)
            return "true";

        if (scope.Projects.Count == 0)
            return "false";

        values["scope_projects"] = scope.Projects;
        var terms = scope.Conditions.Select((condition, i) =>
        {
            var column = Dimensions.All.FirstOrDefault(known => known == condition.Dimension)
                ?? throw new InvalidOperationException($"A scope cannot ask for the unknown dimension '{condition.Dimension}'.");
            values[$"scope_{i}"] = condition.Value;
            return $" AND {column} = {{scope_{i}:String}}";
        });
        return $"(project_id IN {{scope_projects:Array(String)}}{string.Concat(terms)})";
    }

    private static bool IsReserved(string name) => name == "database" || name.StartsWith("scope_", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\s*:(?<type>[^{}]+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex NamedParameter();
}
