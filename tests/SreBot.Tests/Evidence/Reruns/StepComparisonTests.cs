using SreBot.Evidence;
using SreBot.Evidence.Reruns;
using SreBot.Model;

namespace SreBot.Tests.Evidence.Reruns;

public sealed class StepComparisonTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Rows_that_tie_may_come_in_any_order_and_are_answered_in_the_recorded_one()
    {
        var compared = Compare([["a", 1.5], ["b", 1.5]], [["b", 1.5], ["a", 1.5 + 1e-12]]);

        Assert.Null(compared.Differs);
        Assert.Equal(["a", "b"], compared.Table.Rows.Select(row => row[0]));
    }

    [Fact]
    public void Says_what_differs()
    {
        Assert.Equal("1 of 2 rows differ; the first: b: value was 2.5 and is 2.75.", Compare([["a", 1.5], ["b", 2.5]], [["a", 1.5], ["b", 2.75]]).Differs);
        Assert.Equal("1 of 1 row differs; the first: a: it is not there now.", Compare([["a", 1.5]], [["c", 1.5]]).Differs);
        Assert.Equal("2 rows then, 1 now.", Compare([["a", 1.5], ["b", 2.5]], [["a", 1.5]]).Differs);
    }

    [Fact]
    public void Counts_are_equal_or_not() => Assert.NotNull(Compare([["a", 10_000_000_000L]], [["a", 10_000_000_001L]]).Differs);

    [Fact]
    public void A_row_is_matched_once() => Assert.NotNull(Compare([["a", 1L], ["a", 1L]], [["a", 1L], ["a", 2L]]).Differs);

    [Fact]
    public void Times_move_along()
    {
        IReadOnlyList<IReadOnlyList<object?>> Rows(DateTimeOffset at) => [[at, 1.0], [at.AddMinutes(1), null]];

        Assert.Null(Compare(Rows(At), Rows(At.AddHours(2)), TimeSpan.FromHours(2)).Differs);
        Assert.NotNull(Compare(Rows(At), Rows(At.AddHours(2))).Differs);
    }

    [Fact]
    public void Of_a_cut_record_each_row_must_still_be_there()
    {
        IReadOnlyList<IReadOnlyList<object?>> Rows(int from) => [.. Enumerable.Range(from, 600).Select(i => (IReadOnlyList<object?>)[$"Server_{i}", (double)i])];

        var same = Compare(Rows(0), Rows(0));

        Assert.Null(same.Differs);
        Assert.True(same.Table.IsCut);
        Assert.Equal(500, same.Table.Rows.Count);
        Assert.StartsWith("1 of 500 rows differ; the first: Server_0: it is not there now", Compare(Rows(0), Rows(1)).Differs, StringComparison.Ordinal);
    }

    private static StepComparison Compare(IReadOnlyList<IReadOnlyList<object?>> recorded, IReadOnlyList<IReadOnlyList<object?>> fresh, TimeSpan shift = default) =>
        StepComparison.Of(StepTables.FromJson(StepTables.ToJson(new StepTable(["name", "value"], recorded))), new StepTable(["name", "value"], fresh), shift);
}
