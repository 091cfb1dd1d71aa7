using System.Text;
using System.Text.RegularExpressions;

namespace SreBot.Telemetry.Sources;

/// <summary>What the terms beside <c>/*scope*/</c> say of every row that a read takes from one table: its stretch of time, its request.</summary>
/// <param name="From">A parameter such as <c>{from:DateTime64(3)}</c>; null: no such term.</param>
/// <param name="To">Exclusive or inclusive.</param>
/// <param name="Step">How far past the parameters a request may have ended: a row of a roll-up stands for its whole minute or hour.</param>
/// <param name="Request">The parameter that holds a request's id.</param>
internal sealed partial record QueryBounds(string? From, string? To, TimeSpan Step, string? Request)
{
    private const string Mark = "/*scope*/";

    public static QueryBounds None { get; } = new(null, null, TimeSpan.Zero, null);

    /// <param name="after">Where the table's name ends; its WHERE follows on the same level of parentheses.</param>
    public static QueryBounds Of(string sql, int after)
    {
        var terms = Terms(sql, after);
        if (terms.Length == 0 || Or().IsMatch(terms))
            return None;

        string? from = null, to = null;
        var step = TimeSpan.FromSeconds(1); // a timestamp is cut to milliseconds
        foreach (Match term in Bound().Matches(terms))
        {
            var isFrom = term.Groups["how"].Value[0] == '>';
            (from, to) = (isFrom ? from ?? term.Groups["value"].Value : from, isFrom ? to : to ?? term.Groups["value"].Value);
            step = term.Groups["column"].Value switch { "hour" => TimeSpan.FromHours(1), "minute" => TimeSpan.FromMinutes(1), _ => step };
        }

        return new QueryBounds(from, to, step, Id().Match(terms) is { Success: true } id ? id.Groups["value"].Value : null);
    }

    /// <summary>The terms after the mark that stand in no parentheses, up to the end of the WHERE; empty when the table has no mark.</summary>
    private static string Terms(string sql, int after)
    {
        var text = new StringBuilder();
        var (depth, isMarked) = (0, false);
        for (var i = after; i < sql.Length && depth >= 0; i++)
        {
            if (sql[i] == '{' && sql.IndexOf('}', i) is > 0 and var end)
            {
                if (isMarked && depth == 0)
                    text.Append(sql, i, end + 1 - i);
                i = end;
            }
            else if (sql[i] is '(' or ')')
                depth += sql[i] == '(' ? 1 : -1;
            else if (depth == 0 && !isMarked && string.CompareOrdinal(sql, i, Mark, 0, Mark.Length) == 0)
                (isMarked, i) = (true, i + Mark.Length - 1);
            else if (isMarked && depth == 0)
                text.Append(sql[i]);
        }

        var terms = text.ToString();
        return End().Match(terms) is { Success: true } last ? terms[..last.Index] : terms;
    }

    [GeneratedRegex(@"\b(GROUP\s+BY|ORDER\s+BY|HAVING|LIMIT|UNION|SETTINGS)\b", RegexOptions.CultureInvariant)]
    private static partial Regex End();

    [GeneratedRegex(@"\bOR\b", RegexOptions.CultureInvariant)]
    private static partial Regex Or();

    [GeneratedRegex(@"\bAND\s+(?<column>timestamp|minute|hour)\s*(?<how>>=|>|<=|<)\s*(?<value>\{\w+\s*:\s*DateTime[^{}]*\})(?=\s+AND\b|\s*\z)", RegexOptions.CultureInvariant)]
    private static partial Regex Bound();

    [GeneratedRegex(@"\bAND\s+request_id\s*=\s*(?<value>\{\w+\s*:\s*String\})(?=\s+AND\b|\s*\z)", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}
