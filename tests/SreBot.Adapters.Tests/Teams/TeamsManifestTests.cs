using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace SreBot.Adapters.Tests.Teams;

/// <summary>The limits that the public manifest schema 1.29 sets to what the app uses.</summary>
public sealed class TeamsManifestTests
{
    private static readonly string Folder = Path.GetFullPath(Path.Combine(Here(), "../../../manifests/teams"));

    [Fact]
    public void Every_required_field_is_there_and_within_its_limit()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "manifest.json")));
        var manifest = document.RootElement;

        Assert.Equal("1.29", manifest.GetProperty("manifestVersion").GetString());
        Assert.True(manifest.GetProperty("id").TryGetGuid(out _));
        Assert.Matches("^#[0-9a-fA-F]{6}$", manifest.GetProperty("accentColor").GetString());
        Assert.InRange(manifest.GetProperty("name").GetProperty("short").GetString()!.Length, 1, 30);
        Assert.InRange(manifest.GetProperty("description").GetProperty("short").GetString()!.Length, 1, 80);
        Assert.InRange(manifest.GetProperty("developer").GetProperty("name").GetString()!.Length, 1, 32);
        Assert.All(["websiteUrl", "privacyUrl", "termsOfUseUrl"], field => Assert.StartsWith("https://", manifest.GetProperty("developer").GetProperty(field).GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public void The_bot_can_be_added_to_teams_groups_and_people()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "manifest.json")));
        var bot = Assert.Single(document.RootElement.GetProperty("bots").EnumerateArray());

        Assert.True(bot.GetProperty("botId").TryGetGuid(out _));
        Assert.Equal(["team", "groupChat", "personal"], bot.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));
        Assert.All(bot.GetProperty("commandLists").EnumerateArray(), list => Assert.InRange(list.GetProperty("commands").GetArrayLength(), 1, 12));
    }

    [Theory]
    [InlineData("color", 192)]
    [InlineData("outline", 32)]
    public void Each_icon_has_its_size(string icon, int size)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "manifest.json")));
        var png = File.ReadAllBytes(Path.Combine(Folder, document.RootElement.GetProperty("icons").GetProperty(icon).GetString()!));

        Assert.Equal((size, size), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
