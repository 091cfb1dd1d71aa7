namespace SreBot.Charts;

/// <summary>Where the picture library lies.</summary>
/// <param name="Library">The file of libvips, such as <c>…/libvips-cpp.so.8.18.7</c>.</param>
/// <param name="FontsFolder">A folder with DejaVu Sans as TrueType files.</param>
internal sealed record VipsLocation(string Library, string FontsFolder);
