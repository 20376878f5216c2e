namespace Diabetes.Domain.Wire;

/// <summary>Where a message's id or value is kept while better-ranked names may still follow.</summary>
internal struct Slot<T>()
{
    private const int Vacant = int.MaxValue;

    private int _rank = Vacant;

    public T? Content;
    public Fault? Fault;

    public readonly bool IsVacant => _rank == Vacant;

    /// <summary>Whether a member of this rank takes the place of what is here; one of equal rank is the same name again.</summary>
    public bool Claim(int rank, string name)
    {
        if (rank == _rank) Fault = new(RejectionReason.Ambiguous, $"The message names {name} twice.");
        if (rank >= _rank) return false;
        _rank = rank;
        return true;
    }
}
