using SreBot.Adapters.Chat;
using static SreBot.Adapters.Tests.Slack.RenderedReply;

namespace SreBot.Adapters.Tests.Slack;

public sealed class SlackTableTests
{
    [Fact]
    public void A_table_is_aligned_with_its_numbers_flush_right()
    {
        var blocks = Render(new() { Summary = "x", Blocks = [new ReplyTable("Top servers", ["Server", "p95 ms"], [["Server_9", "95.2"], ["日本", "7"]], [1])] });

        Assert.Equal("""
            ```
            Server    p95 ms
            --------  ------
            Server_9    95.2
            日本           7
            ```
            """, Texts(blocks)[1], ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void A_table_that_is_too_long_goes_on_below_its_header_and_no_row_is_broken()
    {
        var rows = Enumerable.Range(0, 500).Select(row => (IReadOnlyList<string>)[$"Server_{row}", "1"]).ToList();

        var codes = Parts(new() { Summary = "x", Blocks = [new ReplyTable("Top", ["Server", "n"], rows, [1])] }).SelectMany(Texts).Where(SplitAnswer.IsCode).ToList();

        Assert.True(codes.Count > 2);
        Assert.All(codes, code => Assert.StartsWith("```\nServer      n\n----------  -\nServer_", code));
        Assert.Equal(rows.Select(row => $"{row[0],-10}  1"), codes.SelectMany(code => code.Split('\n')[3..^1]));
    }

    [Fact]
    public void A_table_that_is_too_wide_goes_on_beside_its_first_column()
    {
        var columns = Enumerable.Range(0, 12).Select(column => column == 0 ? "Server" : $"reading {column} of the day").ToList();
        var row = columns.Select((_, column) => column == 0 ? "Server_9" : $"{column} ms").ToList();

        var codes = Parts(new() { Summary = "x", Blocks = [new ReplyTable("Top", columns, [row], [])] }).SelectMany(Texts).Where(SplitAnswer.IsCode).ToList();

        Assert.Equal(3, codes.Count);
        Assert.All(codes, code => Assert.True(code.Split('\n').All(line => line.Length <= 110) && code.Split('\n')[3].StartsWith("Server_9", StringComparison.Ordinal)));
        Assert.Equal(row.Skip(1), codes.SelectMany(code => code.Split('\n')[3].Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1)));
    }

    [Fact]
    public void A_long_cell_is_wrapped_between_words_and_a_long_name_stands_above()
    {
        var name = "the longest of all the names that a column of a table has ever had";

        var texts = Texts(Render(new() { Summary = "x", Blocks = [new ReplyTable("T", ["n", name], [["1", "one two three four five six seven eight nine ten"], ["2", "end"]], [0])] }));

        Assert.Equal(["*T*\n• (2): " + name, """
            ```
            n  (2)
            -  ---------------------------------
            1  one two three four five six seven
               eight nine ten
            2  end
            ```
            """.ReplaceLineEndings("\n")], texts.Skip(texts.Count - 2));
    }
}
