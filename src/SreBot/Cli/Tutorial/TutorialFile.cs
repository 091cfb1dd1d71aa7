using System.Security.Cryptography;
using System.Text.Json;
using SreBot.Model;

namespace SreBot.Cli.Tutorial;

/// <summary>One file, read and checked.</summary>
/// <param name="Kind">The table, such as <c>request</c>.</param>
/// <param name="Hash">Of what the lines say, so that the same data is known again however it is written.</param>
internal sealed record TutorialFile<T>(string Kind, string Name, IReadOnlyList<T> Rows, byte[] Hash)
{
    public static TutorialFile<T> Of(string kind, string name, IReadOnlyList<T> rows) => new(kind, name, rows, SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(rows, SreJson.Options)));
}
