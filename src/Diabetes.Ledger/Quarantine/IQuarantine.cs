using Diabetes.Domain.Wire;

namespace Diabetes.Ledger.Quarantine;

/// <summary>Where unusable messages go. Entries are durable when the call that brought them completes.</summary>
public interface IQuarantine
{
    /// <exception cref="IOException">The disk did not take the entries; the caller keeps them and tries again.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    void Append(IReadOnlyList<QuarantineEntry> entries);
}
