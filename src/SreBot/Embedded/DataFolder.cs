using System.Text.Json;
using SreBot.Model;

namespace SreBot.Embedded;

/// <summary>The folder of everything that the bundled engines keep, held by one SreBot at a time; the system lets go of it when that process ends, however it ends.</summary>
internal sealed class DataFolder : IAsyncDisposable
{
    private const string LockName = "lock";
    private const string ServingName = "server.json";
    private const int WouldBlockLinux = 11; // EWOULDBLOCK
    private const int WouldBlockMac = 35;
    private static readonly TimeSpan LockPatience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(50);

    private readonly FileStream held;
    private readonly bool isEphemeral;

    private DataFolder(string path, FileStream held, bool isEphemeral)
    {
        Path = path;
        this.held = held;
        this.isEphemeral = isEphemeral;
        Directory.CreateDirectory(TelemetryFolder, PrivateFile.FolderMode);
    }

    /// <summary>Absolute.</summary>
    public string Path { get; }

    /// <summary>For <see cref="EmbeddedPostgres"/>, which makes it.</summary>
    public string PostgresFolder => System.IO.Path.Combine(Path, "postgres");

    /// <summary>For chDB; SreBot's alone.</summary>
    public string TelemetryFolder => System.IO.Path.Combine(Path, "telemetry");

    /// <summary>XDG_DATA_HOME/srebot or ~/.local/share/srebot; /var/lib/srebot for a root whose home is closed to the user that PostgreSQL runs as.</summary>
    public static string DefaultPath()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var shared = Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } configured ? configured : System.IO.Path.Combine(home, ".local", "share");
        return Environment.IsPrivilegedProcess && !IsOpenToOthers(shared) ? "/var/lib/srebot" : System.IO.Path.Combine(shared, "srebot");
    }

    /// <summary>Makes the folder when it is not there, and holds it until disposed.</summary>
    /// <param name="path">Null: <see cref="DefaultPath"/>.</param>
    /// <exception cref="SreException">Conflict, when another SreBot holds it; Invalid, when it cannot be made or written.</exception>
    public static async Task<DataFolder> OpenAsync(string? path, TimeProvider time, CancellationToken cancel)
    {
        var full = System.IO.Path.GetFullPath(path ?? DefaultPath());
        var user = UnprivilegedUser.Find();
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full) ?? full);
            var isOurs = !Directory.Exists(full) || File.Exists(System.IO.Path.Combine(full, LockName)) || !Directory.EnumerateFileSystemEntries(full).Any();
            Directory.CreateDirectory(full, DataFolderRights.Mode(user));
            if (isOurs)
            {
                DataFolderRights.Open(full, user);
            }

            return new DataFolder(full, await HoldAsync(full, time, cancel), isEphemeral: false);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw new SreException(SreErrorKind.Invalid, $"The data folder {full} cannot be written: {error.Message} Choose another with --data.", error);
        }
    }

    /// <summary>A new folder among the temporary ones, removed when disposed.</summary>
    public static async Task<DataFolder> OpenEphemeralAsync(TimeProvider time, CancellationToken cancel)
    {
        var path = Directory.CreateTempSubdirectory("srebot-").FullName;
        DataFolderRights.Open(path, UnprivilegedUser.Find());
        return new DataFolder(path, await HoldAsync(path, time, cancel), isEphemeral: true);
    }

    /// <summary>The SreBot that holds the folder and serves; null when none holds it, or the one that does has not written its address (yet).</summary>
    /// <param name="path">Null: <see cref="DefaultPath"/>.</param>
    public static ServingProcess? ReadServing(string? path)
    {
        var folder = System.IO.Path.GetFullPath(path ?? DefaultPath());
        try
        {
            using var free = TryHold(folder, FileMode.Open);
            return free is null ? JsonSerializer.Deserialize<ServingProcess>(File.ReadAllText(System.IO.Path.Combine(folder, ServingName))) : null;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Tells commands where this process listens. The file is this user's alone.</summary>
    public void WriteServing(string address, string token) =>
        PrivateFile.Write(System.IO.Path.Combine(Path, ServingName), JsonSerializer.Serialize(new ServingProcess(address, token)));

    public async ValueTask DisposeAsync()
    {
        File.Delete(System.IO.Path.Combine(Path, ServingName));
        if (isEphemeral)
        {
            Directory.Delete(Path, recursive: true);
        }

        await held.DisposeAsync();
    }

    private static async Task<FileStream> HoldAsync(string folder, TimeProvider time, CancellationToken cancel)
    {
        // A command that looks whether somebody serves holds the lock for that moment.
        var start = time.GetTimestamp();
        while (true)
        {
            if (TryHold(folder, FileMode.OpenOrCreate) is { } held)
            {
                File.Delete(System.IO.Path.Combine(folder, ServingName)); // of one that was killed
                return held;
            }

            if (time.GetElapsedTime(start) > LockPatience)
            {
                throw new SreException(SreErrorKind.Conflict, $"Another SreBot is using the data folder {folder}; stop it, or choose another folder with --data.");
            }

            await Task.Delay(LockPoll, time, cancel);
        }
    }

    /// <summary>Null when another process has it.</summary>
    private static FileStream? TryHold(string folder, FileMode mode)
    {
        var path = System.IO.Path.Combine(folder, LockName);
        try
        {
            var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
            if (mode != FileMode.Open)
            {
                options.UnixCreateMode = PrivateFile.FileMode;
            }

            return new FileStream(path, options);
        }
        catch (IOException error) when (error.HResult is WouldBlockLinux or WouldBlockMac)
        {
            return null;
        }
    }

    private static bool IsOpenToOthers(string path)
    {
        for (var folder = new DirectoryInfo(path); folder is not null; folder = folder.Parent)
        {
            if (folder.Exists && !folder.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
            {
                return false;
            }
        }

        return true;
    }
}
