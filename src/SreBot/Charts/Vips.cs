using System.Runtime.InteropServices;

namespace SreBot.Charts;

/// <summary>The few functions of libvips that make a PNG of an SVG, bound to the library file that was given.</summary>
/// <remarks>
/// Three of them end in C varargs, closed by a NULL. The calls pass six NULLs in a row: on x64 and on arm64 Linux the first is the terminator; on macOS/arm64, where varargs
/// lie on the stack, the first five or four fill the registers and the rest are the terminator.
/// </remarks>
internal sealed unsafe class Vips
{
    private readonly delegate* unmanaged[Cdecl]<byte*, nuint, byte*, nint, nint, nint, nint, nint, nint, nint> read;
    private readonly delegate* unmanaged[Cdecl]<nint, byte*, nint*, nuint*, nint, nint, nint, nint, nint, nint, int> write;
    private readonly delegate* unmanaged[Cdecl]<nint, void> unref;
    private readonly delegate* unmanaged[Cdecl]<nint, void> free;
    private readonly delegate* unmanaged[Cdecl]<byte*> errorText;
    private readonly delegate* unmanaged[Cdecl]<void> clearError;

    private Vips(nint library)
    {
        read = (delegate* unmanaged[Cdecl]<byte*, nuint, byte*, nint, nint, nint, nint, nint, nint, nint>)NativeLibrary.GetExport(library, "vips_image_new_from_buffer");
        write = (delegate* unmanaged[Cdecl]<nint, byte*, nint*, nuint*, nint, nint, nint, nint, nint, nint, int>)NativeLibrary.GetExport(library, "vips_image_write_to_buffer");
        unref = (delegate* unmanaged[Cdecl]<nint, void>)NativeLibrary.GetExport(library, "g_object_unref");
        free = (delegate* unmanaged[Cdecl]<nint, void>)NativeLibrary.GetExport(library, "g_free");
        errorText = (delegate* unmanaged[Cdecl]<byte*>)NativeLibrary.GetExport(library, "vips_error_buffer");
        clearError = (delegate* unmanaged[Cdecl]<void>)NativeLibrary.GetExport(library, "vips_error_clear");
    }

    /// <exception cref="InvalidOperationException">The library is there and does not start.</exception>
    /// <exception cref="DllNotFoundException">It is not there, or not for this machine.</exception>
    public static Vips Load(VipsLocation location)
    {
        var library = NativeLibrary.Load(location.Library);
        var setEnvironment = (delegate* unmanaged[Cdecl]<byte*, byte*, int, int>)NativeLibrary.GetExport(library, "g_setenv");
        var start = (delegate* unmanaged[Cdecl]<byte*, int>)NativeLibrary.GetExport(library, "vips_init");
        var keepOperations = (delegate* unmanaged[Cdecl]<int, void>)NativeLibrary.GetExport(library, "vips_cache_set_max");
        // The C library's environment: fontconfig does not see what .NET's own copy holds.
        var file = Marshal.StringToCoTaskMemUTF8(FontSetup.Write(location.FontsFolder));
        try
        {
            fixed (byte* name = "FONTCONFIG_FILE\0"u8)
                _ = setEnvironment(name, (byte*)file, 1);
        }
        finally
        {
            Marshal.FreeCoTaskMem(file);
        }
        var vips = new Vips(library);
        fixed (byte* program = "srebot\0"u8)
            vips.Check(start(program) == 0);
        keepOperations(0); // no two charts are alike
        return vips;
    }

    /// <param name="svg">UTF-8.</param>
    /// <exception cref="InvalidOperationException">The library refused it.</exception>
    public byte[] SvgToPng(byte[] svg)
    {
        fixed (byte* source = svg)
        fixed (byte* noOptions = "\0"u8)
        {
            var image = read(source, (nuint)svg.Length, noOptions, 0, 0, 0, 0, 0, 0);
            Check(image != 0);
            try
            {
                return ToPng(image);
            }
            finally
            {
                unref(image);
            }
        }
    }

    private byte[] ToPng(nint image)
    {
        nint buffer = 0;
        nuint length = 0;
        fixed (byte* suffix = ".png\0"u8)
            Check(write(image, suffix, &buffer, &length, 0, 0, 0, 0, 0, 0) == 0);
        try
        {
            return new ReadOnlySpan<byte>((void*)buffer, checked((int)length)).ToArray();
        }
        finally
        {
            free(buffer);
        }
    }

    private void Check(bool worked)
    {
        if (worked)
            return;
        var message = Marshal.PtrToStringUTF8((nint)errorText())?.Trim();
        clearError();
        throw new InvalidOperationException($"libvips failed: {message}");
    }
}
