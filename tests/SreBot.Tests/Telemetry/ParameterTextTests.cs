using SreBot.Model;
using SreBot.Telemetry.Wire;

namespace SreBot.Tests.Telemetry;

public sealed class ParameterTextTests
{
    public static TheoryData<string, object, string> Texts => new()
    {
        { "UInt8", 255, "255" },
        { "Int8", -128L, "-128" },
        { "UInt64", ulong.MaxValue, "18446744073709551615" },
        { "Float64", 0.1, "0.1" },
        { "Float64", double.NegativeInfinity, "-inf" },
        { "Nullable(Float64)", double.NaN, "nan" },
        { "Bool", false, "false" },
        { "String", "a\\b'c\td", "a\\\\b\\'c\\td" },
        { "Array(String)", new[] { "it's", "[1]" }, "['it\\'s','[1]']" },
        { "Array(Array(String))", Array.Empty<string>(), "[]" },
        { "Array(UInt16)", new[] { 1, 2 }, "[1,2]" },
        { "DateTime64(3)", new DateTimeOffset(2026, 3, 1, 2, 0, 0, 7, TimeSpan.FromHours(3)), "2026-02-28 23:00:00.007" },
        { "DateTime64(0)", new DateTimeOffset(2026, 3, 1, 2, 0, 0, 7, TimeSpan.Zero), "2026-03-01 02:00:00" },
        { "DateTime64(9, 'UTC')", new DateTimeOffset(2026, 3, 1, 2, 0, 0, 7, TimeSpan.Zero), "2026-03-01 02:00:00.007000000" },
        { "DateTime('UTC')", new DateTime(2026, 3, 1, 2, 0, 9, DateTimeKind.Utc), "2026-03-01 02:00:09" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Writes_what_ClickHouse_reads(string type, object value, string text) => Assert.Equal(text, ParameterText.Format("x", type, value));

    public static TheoryData<string, object> Misfits => new()
    {
        { "UInt8", 256 },
        { "UInt8", -1 },
        { "Int32", 2_147_483_648L },
        { "UInt32", -1L },
        { "Int64", ulong.MaxValue },
        { "UInt16", "7" },
        { "UInt16", 7.5 },
        { "String", 7 },
        { "Float64", "7" },
        { "Bool", 1 },
        { "Array(String)", "not a list" },
        { "Array(UInt8)", new[] { 1, 256 } },
        { "DateTime64(3)", "2026-03-01" },
        { "DateTime64(3)", new DateTimeOffset(1960, 1, 1, 0, 0, 0, TimeSpan.Zero) },
        { "DateTime64(3)", DateTimeOffset.MaxValue },
    };

    [Theory]
    [MemberData(nameof(Misfits))]
    public void A_value_that_does_not_fit_names_its_parameter(string type, object value)
    {
        var error = Assert.Throws<SreException>(() => ParameterText.Format("window", type, value));

        Assert.Equal(SreErrorKind.Invalid, error.Kind);
        Assert.StartsWith("window must ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("String")]
    [InlineData("Array(String)")]
    public void Null_needs_a_type_with_null(string type) => Assert.Throws<InvalidOperationException>(() => ParameterText.Format("x", type, null));
}
