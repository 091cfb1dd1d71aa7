namespace SreBot.Tests.Fixtures;

/// <summary>Reads a table of cases: a line each, columns with <c>|</c> between them; <c>#</c> starts a comment line.</summary>
internal static class CaseFile
{
    /// <param name="path">Below the test project, such as <c>Alerts/Cases/AlertGrammar.txt</c>.</param>
    public static TheoryData<string, string> Pairs(string path)
    {
        var pairs = new TheoryData<string, string>();
        foreach (var columns in Rows(path))
        {
            pairs.Add(columns[0], columns[1]);
        }

        return pairs;
    }

    public static IEnumerable<string[]> Rows(string path) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, path)).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('|', StringSplitOptions.TrimEntries));
}
