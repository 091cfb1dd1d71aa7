using SreBot.Embedded;

namespace SreBot.Benchmarks.Chaos;

/// <summary>A run's folder: kept when something is wrong, removed when nothing is.</summary>
internal sealed class ChaosFolder
{
    private ChaosFolder()
    {
        Path = Directory.CreateTempSubdirectory("srebot-chaos-").FullName;
        DataFolderRights.Open(Path, UnprivilegedUser.Find());
    }

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <param name="run">Has stopped all that it started when it ends.</param>
    public static async Task<ChaosReport> RunAsync(Func<ChaosFolder, ChaosReceiver, Task<(string Summary, IReadOnlyList<string> Faults)>> run)
    {
        var folder = new ChaosFolder();
        await using var receiver = await ChaosReceiver.StartAsync();
        try
        {
            var (summary, faults) = await run(folder, receiver);
            if (faults.Count == 0)
            {
                Directory.Delete(folder.Path, recursive: true);
                return new ChaosReport(summary, faults, null);
            }

            await System.IO.File.WriteAllLinesAsync(folder.File("faults.txt"), [summary, .. faults]);
            return new ChaosReport(summary, faults, folder.Path);
        }
        catch (Exception error) when (error is InvalidOperationException or TimeoutException)
        {
            return new ChaosReport($"The run broke off: {error.Message}", [error.ToString()], folder.Path);
        }
        finally
        {
            if (Directory.Exists(folder.Path))
                await System.IO.File.WriteAllLinesAsync(folder.File("messages.txt"), receiver.Posts.Select(post => $"{post.Channel} {post.Ts} in {post.Thread ?? "-"} {post.Key}: {string.Join(" | ", post.Texts)}"));
        }
    }
}
