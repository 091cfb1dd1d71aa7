namespace SreBot.Rca;

/// <summary>A sentence whose numbers, times and names are still values.</summary>
/// <param name="Template">With <c>{0}</c>, <c>{1}</c>, … for the values.</param>
/// <param name="Values"><see cref="RcaFigure"/>, <see cref="DateTimeOffset"/> or a name.</param>
internal sealed record RcaStatement(string Template, IReadOnlyList<object> Values)
{
    public static RcaStatement Of(FormattableString text) => new(text.Format, [.. text.GetArguments().Select(value => value ?? "")]);
}
