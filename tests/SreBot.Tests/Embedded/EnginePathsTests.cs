using SreBot.Embedded;

namespace SreBot.Tests.Embedded;

public sealed class EnginePathsTests
{
    [Fact]
    public void Finds_every_part_of_a_build_with_the_engines()
    {
        var paths = EnginePaths.Find();

        Assert.True(File.Exists(paths.ChdbLibrary));
        Assert.True(File.Exists(Path.Combine(paths.PostgresFolder!, "bin", "initdb")));
        Assert.True(File.Exists(paths.VipsLibrary));
        Assert.True(File.Exists(Path.Combine(paths.FontsFolder!, "DejaVuSans.ttf")));
        Assert.True(File.Exists(paths.EchartsScript));
    }

    [Fact]
    public void Takes_each_part_from_the_first_folder_that_has_it()
    {
        var published = Directory.CreateTempSubdirectory("srebot-tests-").FullName;
        try
        {
            var script = Path.Combine(published, "echarts", "dist", "echarts.min.js");
            Directory.CreateDirectory(Path.GetDirectoryName(script)!);
            File.WriteAllText(script, "");

            var paths = EnginePaths.Find([published, Path.Combine(published, "absent")]);

            Assert.Equal(new EnginePaths { EchartsScript = script }, paths);
        }
        finally
        {
            Directory.Delete(published, recursive: true);
        }
    }
}
