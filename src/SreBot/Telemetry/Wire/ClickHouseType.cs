namespace SreBot.Telemetry.Wire;

/// <summary>A type's name taken apart: <c>DateTime64(3, 'UTC')</c> is <c>DateTime64</c> with two arguments.</summary>
internal sealed record ClickHouseType(string Name, IReadOnlyList<string> Arguments)
{
    /// <summary>The type behind <c>LowCardinality</c>, <c>Nullable</c> and <c>SimpleAggregateFunction</c>.</summary>
    /// <param name="nullable">Whether a <c>Nullable</c> was among them.</param>
    public static ClickHouseType Plain(string text, out bool nullable)
    {
        nullable = false;
        var type = Parse(text);
        while (type.Name is "LowCardinality" or "Nullable" or "SimpleAggregateFunction")
        {
            nullable |= type.Name == "Nullable";
            type = Parse(type.Arguments[^1]);
        }

        return type;
    }

    /// <exception cref="ClickHouseException">The text is no type.</exception>
    public static ClickHouseType Parse(string text)
    {
        text = text.Trim();
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
            return new ClickHouseType(text, []);

        return text.EndsWith(')')
            ? new ClickHouseType(text[..open].Trim(), Split(text[(open + 1)..^1]))
            : throw new ClickHouseException(0, $"'{text}' is no ClickHouse type.");
    }

    private static List<string> Split(string text)
    {
        var (parts, depth, quoted, from) = (new List<string>(), 0, false, 0);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\' when quoted: i++; break;
                case '\'': quoted = !quoted; break;
                case '(' when !quoted: depth++; break;
                case ')' when !quoted: depth--; break;
                case ',' when !quoted && depth == 0:
                    parts.Add(text[from..i].Trim());
                    from = i + 1;
                    break;
            }
        }

        parts.Add(text[from..].Trim());
        return parts;
    }
}
