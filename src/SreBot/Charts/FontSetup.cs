using System.Security;

namespace SreBot.Charts;

/// <summary>Tells fontconfig about one folder of fonts and nothing else of the machine, so that a chart looks the same everywhere.</summary>
internal static class FontSetup
{
    /// <summary>Writes the configuration into a temporary folder of its own.</summary>
    /// <returns>The file for <c>FONTCONFIG_FILE</c>; it must stay until the process ends.</returns>
    public static string Write(string fontsFolder)
    {
        var folder = Directory.CreateTempSubdirectory("srebot-fonts-").FullName; // only the user may read it
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove(folder);
        var file = Path.Combine(folder, "fonts.conf");
        File.WriteAllText(file, $"""
            <?xml version="1.0"?>
            <!DOCTYPE fontconfig SYSTEM "fonts.dtd">
            <fontconfig>
              <dir>{SecurityElement.Escape(fontsFolder)}</dir>
              <cachedir>{SecurityElement.Escape(Path.Combine(folder, "cache"))}</cachedir>
            </fontconfig>
            """);
        return file;
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // A temporary folder: the machine clears it.
        }
    }
}
