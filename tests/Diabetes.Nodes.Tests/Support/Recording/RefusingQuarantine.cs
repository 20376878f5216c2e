using Diabetes.Domain.Wire;
using Diabetes.Ledger.Quarantine;

namespace Diabetes.Nodes.Tests.Support.Recording;

/// <summary>A quarantine in memory that refuses when told.</summary>
internal sealed class RefusingQuarantine : IQuarantine
{
    public bool Refuses { get; set; }

    public int Tries { get; private set; }

    /// <summary>The thread of the last try.</summary>
    public string? Thread { get; private set; }

    public List<QuarantineEntry> Entries { get; } = [];

    public void Append(IReadOnlyList<QuarantineEntry> entries)
    {
        Tries++;
        Thread = System.Threading.Thread.CurrentThread.Name;
        if (Refuses)
        {
            throw new IOException("No space left on device.");
        }

        Entries.AddRange(entries);
    }
}
