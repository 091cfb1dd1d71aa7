namespace SreBot.Tests.Scenario;

/// <summary>A folder that is removed at the end.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("srebot-test-").FullName;

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A killed engine may still be letting go of its files; the system's own clean-up takes them.
        }
    }
}
