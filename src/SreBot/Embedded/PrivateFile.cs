namespace SreBot.Embedded;

/// <summary>Files that only their owner may read.</summary>
internal static class PrivateFile
{
    public const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    public const UnixFileMode FolderMode = FileMode | UnixFileMode.UserExecute;

    /// <summary>Whole or not at all, after a crash too.</summary>
    public static void Write(string path, string text)
    {
        var half = path + ".new";
        File.Delete(half);
        using (var file = new FileStream(half, new FileStreamOptions { Mode = System.IO.FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = FileMode }))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        File.Move(half, path, overwrite: true);
    }
}
