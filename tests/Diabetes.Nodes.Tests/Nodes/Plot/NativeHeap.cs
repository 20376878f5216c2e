using System.Runtime.InteropServices;

namespace Diabetes.Nodes.Tests.Nodes.Plot;

/// <summary>
/// Measures the memory that the C library has allocated and not freed. Tests that run at the same time change the managed heap and the
/// resident set, but hardly this.
/// </summary>
internal static partial class NativeHeap
{
    /// <summary>The number of bytes in the arenas of all threads and in blocks with their own mapping (glibc, <c>mallinfo2</c>).</summary>
    public static long BytesInUse()
    {
        var info = Information();
        return (long)(info.Used + info.Mapped);
    }

    [LibraryImport("libc.so.6", EntryPoint = "mallinfo2")]
    private static partial MallocInformation Information();

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct MallocInformation
    {
        private readonly nuint _arena;
        private readonly nuint _freeBlocks;
        private readonly nuint _fastBlocks;
        private readonly nuint _mappedBlocks;
        public readonly nuint Mapped;
        private readonly nuint _unused;
        private readonly nuint _fastBytes;
        public readonly nuint Used;
        private readonly nuint _free;
        private readonly nuint _releasable;
    }
}
