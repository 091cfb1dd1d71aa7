using System.Globalization;
using CsvHelper;
using SreBot.Model;

namespace SreBot.Cli.Tutorial;

/// <summary>The line that a reader stands on; a field that does not fit is named with its file and line.</summary>
internal readonly struct TutorialLine(string file, CsvReader reader, IReadOnlyDictionary<string, int> columns)
{
    private const int LongestText = 200;

    public string Text(string column)
    {
        var text = Field(column);
        return text.Length is > 0 and <= LongestText && !text.Any(char.IsControl) ? text : throw Bad(column, text, $"1 to {LongestText} characters of text are");
    }

    public DateTimeOffset Time(string column) =>
        UtcTime.TryParse(Field(column), out var at) && at.Year is >= 1970 and <= 2099 ? at : throw Bad(column, Field(column), $"a time from 1970 to 2099 such as {UtcTime.Example} is");

    public long Whole(string column, long least, long most) =>
        long.TryParse(Field(column), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Bad(column, Field(column), $"a whole number from {least} to {most} is");

    public double Number(string column, double least, double most) =>
        double.TryParse(Field(column), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Bad(column, Field(column), $"a number from {least:0} to {most:0} is");

    public SreException Refuse(string what) => new(SreErrorKind.Invalid, $"{file}, line {reader.LineNumber}: {what}");

    private SreException Bad(string column, string text, string needed) =>
        Refuse($"{column} is '{(text.Length <= 40 ? text : text[..40] + "…")}', but {needed} needed. Nothing was imported.");

    private string Field(string column) => columns[column] < reader.FieldCount
        ? reader.GetString(columns[column]).Trim()
        : throw Refuse($"the line has {reader.FieldCount} fields, too few for {column}. Nothing was imported.");
}
