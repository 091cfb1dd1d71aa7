namespace SreBot.Embedded;

/// <summary>The user <c>nobody</c>, as whom PostgreSQL runs when SreBot is root, because PostgreSQL refuses root.</summary>
internal sealed record UnprivilegedUser(int UserId, int GroupId)
{
    private const string UsersFile = "/etc/passwd";

    /// <summary>Null when SreBot runs as an ordinary user: PostgreSQL then runs as the same. Null too where root has no way to become that user.</summary>
    public static UnprivilegedUser? Find() =>
        Environment.IsPrivilegedProcess && OperatingSystem.IsLinux() && File.Exists(UsersFile)
            && File.ReadLines(UsersFile).Select(line => line.Split(':')).FirstOrDefault(fields => fields is ["nobody", _, _, _, ..]) is { } fields
            ? new UnprivilegedUser(int.Parse(fields[2]), int.Parse(fields[3]))
            : null;

    /// <summary>What to put before a command, so that it runs as this user for good.</summary>
    public IReadOnlyList<string> Prefix => ["setpriv", $"--reuid={UserId}", $"--regid={GroupId}", "--clear-groups", "--no-new-privs"];

    public void Own(string path) => Libc.ChangeOwner(path, UserId, GroupId);
}
