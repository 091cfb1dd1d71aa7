using System.Reflection;
using System.Runtime.InteropServices;
using SreBot.Model;

namespace SreBot.Embedded;

/// <summary>Where the bundled engines lie: <c>engines/</c> beside the app after a publish, else the folder that the build restored. A path is null when that part is not there.</summary>
internal sealed record EnginePaths
{
    /// <summary>libchdb.so or .dylib.</summary>
    public string? ChdbLibrary { get; init; }

    /// <summary>Holds bin/, lib/ and share/.</summary>
    public string? PostgresFolder { get; init; }

    /// <summary>libvips with its C interface, under the name of its C++ binding.</summary>
    public string? VipsLibrary { get; init; }

    /// <summary>DejaVu's .ttf files.</summary>
    public string? FontsFolder { get; init; }

    /// <summary>echarts.min.js.</summary>
    public string? EchartsScript { get; init; }

    public static EnginePaths Find() => Find(Roots());

    /// <summary>Looks through the folders in order, for each part alone.</summary>
    public static EnginePaths Find(IReadOnlyList<string> roots)
    {
        var system = OperatingSystem.IsMacOS() ? "darwin" : "linux";
        var platform = $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        var extension = OperatingSystem.IsMacOS() ? "dylib" : "so";
        return new EnginePaths
        {
            ChdbLibrary = FirstFile(roots, $"@chdb/lib-{platform}{(OperatingSystem.IsMacOS() ? "" : "-gnu")}", $"libchdb.{extension}"),
            PostgresFolder = FirstFile(roots, $"@embedded-postgres/{platform}/native/bin", "postgres") is { } program ? Path.GetFullPath(Path.Combine(program, "../..")) : null,
            VipsLibrary = FirstFile(roots, $"@img/sharp-libvips-{platform}/lib", OperatingSystem.IsMacOS() ? "libvips-cpp*.dylib" : "libvips-cpp.so*"),
            FontsFolder = Path.GetDirectoryName(FirstFile(roots, "dejavu-fonts-ttf/ttf", "DejaVuSans.ttf")),
            EchartsScript = FirstFile(roots, "echarts/dist", "echarts.min.js"),
        };
    }

    /// <exception cref="SreException">Unavailable, naming the setting that does without it.</exception>
    public string RequireChdb() => ChdbLibrary ?? throw Missing("ClickHouse");

    /// <exception cref="SreException">Unavailable, naming the setting that does without it.</exception>
    public string RequirePostgres() => PostgresFolder ?? throw Missing("PostgreSQL");

    private static SreException Missing(string engine) => new(
        SreErrorKind.Unavailable,
        $"This build of SreBot does not bundle {engine}: set Postgres:ConnectionString and Telemetry:Endpoint, or build with the engines (without -p:Embedded=false).");

    private static IReadOnlyList<string> Roots()
    {
        var published = Path.Combine(AppContext.BaseDirectory, "engines");
        var restored = typeof(EnginePaths).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(entry => entry.Key == "EnginesFolder")?.Value;
        return string.IsNullOrEmpty(restored) ? [published] : [published, restored];
    }

    private static string? FirstFile(IReadOnlyList<string> roots, string folder, string pattern) => roots
        .Select(root => Path.Combine(root, folder))
        .Where(Directory.Exists)
        .SelectMany(path => Directory.EnumerateFiles(path, pattern).Order(StringComparer.Ordinal))
        .FirstOrDefault();
}
