using Diabetes.Domain.Wire;

namespace Diabetes.Ledger.Quarantine;

/// <summary>Keeps messages that no node could use. Entries are durable when <see cref="Append"/> returns.</summary>
public interface IQuarantine
{
    /// <summary>Adds entries.</summary>
    /// <exception cref="IOException">The disk refuses; the caller keeps the entries and tries again.</exception>
    /// <exception cref="UnauthorizedAccessException">The node has no right to write to the folder.</exception>
    void Append(IReadOnlyList<QuarantineEntry> entries);
}
