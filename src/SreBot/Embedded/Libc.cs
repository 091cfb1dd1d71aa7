using System.ComponentModel;
using System.Runtime.InteropServices;

namespace SreBot.Embedded;

/// <summary>The system calls that .NET has no method for.</summary>
internal static partial class Libc
{
    public const int Interrupt = 2;
    public const int Quit = 3;
    public const int Kill = 9;

    /// <exception cref="Win32Exception">When the system refuses it.</exception>
    public static void ChangeOwner(string path, int user, int group)
    {
        if (ChangeOwnerCore(path, user, group) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"The owner of {path} cannot be changed: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    /// <summary>False when there is no such process, or it is another user's.</summary>
    public static bool Signal(int processId, int signal) => SignalCore(processId, signal) == 0;

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ChangeOwnerCore(string path, int user, int group);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SignalCore(int processId, int signal);
}
