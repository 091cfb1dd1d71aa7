using System.Text.Json;
using SreBot.Model;

namespace SreBot.Embedded;

/// <summary>Makes the bundled PostgreSQL runnable: its libraries' links there, and all of it readable by the user it runs as.</summary>
internal static class PostgresPrograms
{
    private sealed record Link(string Source, string Target);

    /// <summary>The folder to run from: the bundled one, or a copy in <paramref name="folder"/> when that one cannot be used where it is.</summary>
    public static async Task<string> PrepareAsync(string bundled, string folder, UnprivilegedUser? user, CancellationToken cancel)
    {
        if (TryLink(bundled) && await CanRunAsync(bundled, user, cancel))
        {
            return bundled;
        }

        var copy = Path.Combine(folder, "programs-" + Version(bundled));
        if (!Directory.Exists(copy))
        {
            var half = copy + ".new";
            if (Directory.Exists(half))
            {
                Directory.Delete(half, recursive: true);
            }

            Copy(bundled, Path.Combine(half, "native"));
            TryLink(Path.Combine(half, "native"));
            Directory.Move(half, copy);
        }

        var native = Path.Combine(copy, "native");
        return await CanRunAsync(native, user, cancel)
            ? native
            : throw new SreException(SreErrorKind.Unavailable, $"The bundled PostgreSQL cannot be run on this machine from {native}: set Postgres:ConnectionString to use another server.");
    }

    /// <summary>npm may leave the package's install script, which makes these links, unrun.</summary>
    private static bool TryLink(string native)
    {
        var list = Path.Combine(native, "pg-symlinks.json");
        var links = File.Exists(list) ? JsonSerializer.Deserialize<List<Link>>(File.ReadAllText(list), JsonSerializerOptions.Web)! : [];
        try
        {
            foreach (var link in links)
            {
                Make(Path.Combine(native, "..", link.Target), Path.GetFileName(link.Source));
            }

            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void Make(string path, string target)
    {
        try
        {
            if (!File.Exists(path))
            {
                File.CreateSymbolicLink(path, target);
            }
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another SreBot made it in between.
        }
    }

    private static async Task<bool> CanRunAsync(string native, UnprivilegedUser? user, CancellationToken cancel)
    {
        var (exitCode, _) = await ChildProcess.RunAsync([.. user?.Prefix ?? [], Path.Combine(native, "bin/postgres"), "--version"], "", cancel);
        return exitCode == 0;
    }

    private static string Version(string native)
    {
        var description = Path.Combine(native, "..", "package.json");
        using var json = JsonDocument.Parse(File.Exists(description) ? File.ReadAllText(description) : """{"version":"bundled"}""");
        return json.RootElement.GetProperty("version").GetString()!;
    }

    private static void Copy(string from, string to)
    {
        const UnixFileMode everyone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        Directory.CreateDirectory(to, everyone);
        foreach (var file in new DirectoryInfo(from).EnumerateFiles().Where(file => file.LinkTarget is null))
        {
            var path = Path.Combine(to, file.Name);
            file.CopyTo(path);
            File.SetUnixFileMode(path, everyone);
        }

        foreach (var child in Directory.EnumerateDirectories(from))
        {
            Copy(child, Path.Combine(to, Path.GetFileName(child)));
        }
    }
}
