using System.Diagnostics;
using SreBot.Adapters.Chat;

namespace SreBot.Hosting;

/// <summary>The data folder, the process, and the address that links in chat start with.</summary>
internal sealed class PlaceCheck(Engines engines, PublicAddress address, IEnumerable<IChatPoster> surfaces) : ISetupCheck
{
    private const long LittleBytes = 2_000_000_000;

    public string Part => "Process";

    private Uri Start => new(address.Complete("/"));

    public Task<IReadOnlyList<SetupLine>> LookAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<SetupLine>>([Memory(), Disk(), Address()]);

    private static SetupLine Memory()
    {
        using var process = Process.GetCurrentProcess();
        return new(SetupState.Good, $"The process holds {process.WorkingSet64 / 1_000_000} MB of memory.");
    }

    private SetupLine Disk()
    {
        var free = new DriveInfo(engines.Folder.Path).AvailableFreeSpace;
        return free >= LittleBytes
            ? new(SetupState.Good, $"{free / 1_000_000_000} GB are free where the data folder is ({engines.Folder.Path}).")
            : new(SetupState.Warning, $"Only {free / 1_000_000} MB are free where the data folder is ({engines.Folder.Path}).", "Make room, or keep less with Telemetry:RetentionDays.");
    }

    private SetupLine Address() => Start.IsLoopback && surfaces.Any(surface => surface.Platform != "web")
        ? new(SetupState.Warning, $"Links in chat start with {Start}, which opens on this machine only.", "Set Web:PublicAddress to the address that people reach SreBot at.")
        : new(SetupState.Good, $"Links start with {Start}.");
}
