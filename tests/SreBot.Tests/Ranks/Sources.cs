using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace SreBot.Tests.Ranks;

/// <summary>The product's source files, with comments and strings blanked out where a test reads code alone.</summary>
internal static partial class Sources
{
    public static string Root { get; } = FindRoot();

    public static IEnumerable<SourceFile> Read(string assembly)
    {
        var folder = Path.Combine(Root, "src", assembly);
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .Where(path => !path.StartsWith("obj/", StringComparison.Ordinal) && !path.StartsWith("bin/", StringComparison.Ordinal) && !path.Contains("node_modules/", StringComparison.Ordinal))
            .Select(path => new SourceFile(path, path.Contains('/', StringComparison.Ordinal) ? path[..path.IndexOf('/', StringComparison.Ordinal)] : "", File.ReadAllText(Path.Combine(folder, path))));
    }

    public static string CodeOf(string text) => Noise().Replace(text, " ");

    private static string FindRoot([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    [GeneratedRegex("""
        //[^\n]* | /\*.*?\*/ | \$*"{3,}.*?"{3,} | @"(?:[^"]|"")*" | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])+'
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Noise();
}

/// <summary>A file and the top folder that holds it; empty for the root.</summary>
internal sealed record SourceFile(string Path, string Folder, string Text);
