namespace SreBot.Embedded;

/// <summary>Folders are SreBot's alone, except that the user PostgreSQL runs as may pass through to its own one.</summary>
internal static class DataFolderRights
{
    public static UnixFileMode Mode(UnprivilegedUser? user) => user is null ? PrivateFile.FolderMode : PrivateFile.FolderMode | UnixFileMode.GroupExecute;

    /// <summary>Sets the rights of a folder that SreBot made.</summary>
    public static void Open(string folder, UnprivilegedUser? user)
    {
        if (user is not null)
        {
            Libc.ChangeOwner(folder, 0, user.GroupId);
        }

        File.SetUnixFileMode(folder, Mode(user));
    }
}
