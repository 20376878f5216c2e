namespace Diabetes.Ledger.Disk;

/// <summary>
/// What the edges ask of a file system, and no more: few enough calls that a test can stand in for it and fail, tear or stop at each of them.
/// </summary>
public interface IDisk
{
    /// <summary>Makes the folder and those above it, and makes that durable.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    void CreateFolder(string path);

    /// <summary>Length in bytes of the file of this name; null where there is none.</summary>
    long? Length(string path);

    /// <summary>Names of the files in the folder, in any order; none where there is no folder.</summary>
    /// <exception cref="IOException">It cannot be listed.</exception>
    IReadOnlyList<string> Names(string folder);

    /// <summary>Gives a file another name within its folder, in one step. <see cref="SyncFolder"/> makes that durable.</summary>
    /// <exception cref="IOException">There is a file of that name already, or the disk refuses.</exception>
    void Rename(string from, string to);

    /// <summary>Opens for reading and writing, and makes an empty file where there is none. Others may read meanwhile.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    IDiskFile Open(string path);

    /// <summary>Opens for reading only, and makes nothing: null where there is no such file. Others may write meanwhile.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    IDiskFile? OpenToRead(string path);

    /// <summary>Takes a lock that goes with the process: until it is disposed of, nobody else on this machine gets it.</summary>
    /// <exception cref="IOException">Another holds it.</exception>
    IDisposable Lock(string path);

    /// <summary>Makes the names in the folder durable: a new file is found after a power cut.</summary>
    void SyncFolder(string path);
}

/// <summary>An open file. Positions and lengths are bytes.</summary>
public interface IDiskFile : IDisposable
{
    long Length { get; }

    /// <returns>Bytes read: fewer than asked for at the end of the file, 0 behind it.</returns>
    int Read(long position, Span<byte> destination);

    /// <summary>Writes all of it; after an exception some of it may be written.</summary>
    /// <exception cref="IOException">The disk is full, gone or broken.</exception>
    void Write(long position, ReadOnlySpan<byte> bytes);

    /// <exception cref="IOException">The disk is gone or broken.</exception>
    void Truncate(long length);

    /// <summary>
    /// Makes what was written durable (fsync). After an exception it is not known what is, and trying again proves nothing: the system
    /// may have dropped the pages. Whoever needs them writes them again.
    /// </summary>
    /// <exception cref="IOException">The disk is full, gone or broken.</exception>
    void Sync();
}

/// <summary>Reads from a file, whoever opened it. Positions are bytes.</summary>
/// <returns>Bytes read; 0 at the end and behind it.</returns>
internal delegate int ReadAt(long position, Span<byte> destination);
