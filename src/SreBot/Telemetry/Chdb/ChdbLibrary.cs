using System.Runtime.InteropServices;

namespace SreBot.Telemetry.Chdb;

/// <summary>The functions of libchdb 26.7 that SreBot calls (<c>chdb.h</c>). It stays loaded for the life of the process.</summary>
internal sealed unsafe class ChdbLibrary
{
    public readonly delegate* unmanaged<int, byte**, nint*> Connect;
    public readonly delegate* unmanaged<nint*, void> CloseConnection;
    public readonly delegate* unmanaged<nint, byte*, nuint, byte*, nuint, byte**, nuint*, byte**, nuint*, nuint, nint> QueryWithParameters;
    public readonly delegate* unmanaged<nint, byte*, nuint, byte*, nuint, nint> Query;
    public readonly delegate* unmanaged<nint, byte*> ResultBuffer;
    public readonly delegate* unmanaged<nint, nuint> ResultLength;
    public readonly delegate* unmanaged<nint, byte*> ResultError;
    public readonly delegate* unmanaged<nint, ulong> ResultRowsRead;
    public readonly delegate* unmanaged<nint, ulong> ResultBytesRead;
    public readonly delegate* unmanaged<nint, ulong> ResultRowsWritten;
    public readonly delegate* unmanaged<nint, void> DestroyResult;
    public readonly delegate* unmanaged<nint, byte*, nuint, byte*, nuint, nint> StreamInsert;
    public readonly delegate* unmanaged<nint, byte*, nuint, int> StreamAppend;
    public readonly delegate* unmanaged<nint, nint> StreamDone;
    public readonly delegate* unmanaged<nint, byte*> StreamError;
    public readonly delegate* unmanaged<nint, void> StreamCancel;
    public readonly delegate* unmanaged<nint, void> DestroyStream;

    /// <exception cref="DllNotFoundException">There is no library at that path, or it is for another platform.</exception>
    /// <exception cref="EntryPointNotFoundException">It is another version.</exception>
    public ChdbLibrary(string path)
    {
        var library = NativeLibrary.Load(path);

        // First of all calls: with its own handlers in place, the first NullReferenceException would hang the process.
        ((delegate* unmanaged<int, void>)NativeLibrary.GetExport(library, "chdb_set_signal_handlers_enabled"))(0);

        Connect = (delegate* unmanaged<int, byte**, nint*>)NativeLibrary.GetExport(library, "chdb_connect");
        CloseConnection = (delegate* unmanaged<nint*, void>)NativeLibrary.GetExport(library, "chdb_close_conn");
        QueryWithParameters = (delegate* unmanaged<nint, byte*, nuint, byte*, nuint, byte**, nuint*, byte**, nuint*, nuint, nint>)NativeLibrary.GetExport(library, "chdb_query_with_params_n");
        Query = (delegate* unmanaged<nint, byte*, nuint, byte*, nuint, nint>)NativeLibrary.GetExport(library, "chdb_query_n");
        ResultBuffer = (delegate* unmanaged<nint, byte*>)NativeLibrary.GetExport(library, "chdb_result_buffer");
        ResultLength = (delegate* unmanaged<nint, nuint>)NativeLibrary.GetExport(library, "chdb_result_length");
        ResultError = (delegate* unmanaged<nint, byte*>)NativeLibrary.GetExport(library, "chdb_result_error");
        ResultRowsRead = (delegate* unmanaged<nint, ulong>)NativeLibrary.GetExport(library, "chdb_result_storage_rows_read");
        ResultBytesRead = (delegate* unmanaged<nint, ulong>)NativeLibrary.GetExport(library, "chdb_result_storage_bytes_read");
        ResultRowsWritten = (delegate* unmanaged<nint, ulong>)NativeLibrary.GetExport(library, "chdb_result_rows_written");
        DestroyResult = (delegate* unmanaged<nint, void>)NativeLibrary.GetExport(library, "chdb_destroy_query_result");
        StreamInsert = (delegate* unmanaged<nint, byte*, nuint, byte*, nuint, nint>)NativeLibrary.GetExport(library, "chdb_stream_insert_n");
        StreamAppend = (delegate* unmanaged<nint, byte*, nuint, int>)NativeLibrary.GetExport(library, "chdb_stream_append");
        StreamDone = (delegate* unmanaged<nint, nint>)NativeLibrary.GetExport(library, "chdb_stream_done");
        StreamError = (delegate* unmanaged<nint, byte*>)NativeLibrary.GetExport(library, "chdb_stream_insert_error");
        StreamCancel = (delegate* unmanaged<nint, void>)NativeLibrary.GetExport(library, "chdb_stream_cancel_insert");
        DestroyStream = (delegate* unmanaged<nint, void>)NativeLibrary.GetExport(library, "chdb_destroy_insert_stream");
        Version = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "chdb_version"))()) ?? "";
    }

    /// <summary>Such as <c>26.7.3</c>.</summary>
    public string Version { get; }
}
