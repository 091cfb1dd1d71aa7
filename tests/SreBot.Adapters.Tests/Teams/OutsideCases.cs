using System.Text.Json;

namespace SreBot.Adapters.Tests.Teams;

/// <summary>Tables of cases in the folder that <c>SREBOT_CASES</c> names; they add to the project's own.</summary>
internal static class OutsideCases
{
    public static JsonElement Read(string file)
    {
        var folder = Environment.GetEnvironmentVariable("SREBOT_CASES");
        var path = Path.Combine(folder ?? "", file);
        Assert.SkipUnless(folder is not null && File.Exists(path), $"SREBOT_CASES names no folder with {file}.");
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Clone();
    }
}
