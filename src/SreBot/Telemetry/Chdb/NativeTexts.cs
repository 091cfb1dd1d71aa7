using System.Runtime.InteropServices;
using System.Text;

namespace SreBot.Telemetry.Chdb;

/// <summary>An array of UTF-8 texts with their lengths, in native memory until it is disposed.</summary>
internal sealed unsafe class NativeTexts : IDisposable
{
    private readonly int count;

    public NativeTexts(IReadOnlyList<string> texts)
    {
        count = texts.Count;
        Pointers = (byte**)NativeMemory.AllocZeroed((nuint)(count + 1), (nuint)sizeof(byte*));
        Lengths = (nuint*)NativeMemory.AllocZeroed((nuint)(count + 1), (nuint)sizeof(nuint));
        for (var i = 0; i < count; i++)
        {
            Pointers[i] = (byte*)Marshal.StringToCoTaskMemUTF8(texts[i]);
            Lengths[i] = (nuint)Encoding.UTF8.GetByteCount(texts[i]);
        }
    }

    /// <summary>Each ends with a zero byte, which its length does not count.</summary>
    public byte** Pointers { get; }

    public nuint* Lengths { get; }

    public void Dispose()
    {
        for (var i = 0; i < count; i++)
        {
            Marshal.FreeCoTaskMem((nint)Pointers[i]);
        }

        NativeMemory.Free(Pointers);
        NativeMemory.Free(Lengths);
    }
}
