namespace Diabetes.Ledger.Disk;

/// <summary>
/// Does the few things that stores need of a file system. A test's disk can fail at each of them, or write half.
/// </summary>
public interface IDisk
{
    /// <summary>Creates the folder and those above it, and makes them durable (fsync).</summary>
    /// <exception cref="IOException">It cannot be created.</exception>
    void CreateFolder(string path);

    /// <summary>Reads the length of a file in bytes; null if there is no such file.</summary>
    long? Length(string path);

    /// <summary>Lists the names of the files in a folder, in any order; empty if there is no such folder.</summary>
    /// <exception cref="IOException">It cannot be listed.</exception>
    IReadOnlyList<string> Names(string folder);

    /// <summary>Renames a file within its folder, in one step. <see cref="SyncFolder"/> makes that durable.</summary>
    /// <exception cref="IOException">There is a file of that name, or the disk refuses.</exception>
    void Rename(string from, string to);

    /// <summary>Opens a file for reading and writing, and creates it if it is missing. Others may read it meanwhile.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    IDiskFile Open(string path);

    /// <summary>Opens a file for reading; null if there is no such file. Others may write to it meanwhile.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    IDiskFile? OpenToRead(string path);

    /// <summary>Locks a file for this process, until the result is disposed of or the process ends.</summary>
    /// <exception cref="IOException">Another process has it locked.</exception>
    IDisposable Lock(string path);

    /// <summary>Makes the names in a folder durable (fsync): a new or renamed file is found after a power cut.</summary>
    void SyncFolder(string path);
}

/// <summary>Reads and writes an open file. Positions and lengths are bytes.</summary>
public interface IDiskFile : IDisposable
{
    /// <summary>Bytes in the file.</summary>
    long Length { get; }

    /// <summary>Reads from a position.</summary>
    /// <returns>Bytes read: fewer than asked for at the end of the file, 0 beyond it.</returns>
    int Read(long position, Span<byte> destination);

    /// <summary>Writes all bytes at a position. After an exception, some of them may be written.</summary>
    /// <exception cref="IOException">The disk is full, gone or broken.</exception>
    void Write(long position, ReadOnlySpan<byte> bytes);

    /// <summary>Cuts the file off at this length.</summary>
    /// <exception cref="IOException">The disk is gone or broken.</exception>
    void Truncate(long length);

    /// <summary>
    /// Makes what was written durable (fsync). After an exception, nobody knows what is durable, and another fsync proves nothing: the
    /// system may have dropped the pages. The caller must write them again.
    /// </summary>
    /// <exception cref="IOException">The disk is full, gone or broken.</exception>
    void Sync();
}

/// <summary>Reads from a position of a file, in bytes.</summary>
/// <returns>Bytes read; 0 at the end of the file and beyond it.</returns>
internal delegate int ReadAt(long position, Span<byte> destination);
