namespace Diabetes.Domain.Wire;

/// <summary>Keeps a message's id or value until the whole message was read, because a name of higher rank may follow.</summary>
internal struct Slot<T>()
{
    private const int Vacant = int.MaxValue;

    private int _rank = Vacant;

    public T? Content;
    public Fault? Fault;

    public readonly bool IsVacant => _rank == Vacant;

    /// <summary>
    /// Returns true if a member of this rank replaces the present content. The same rank again is a duplicate name and is recorded as an
    /// error.
    /// </summary>
    public bool Claim(int rank, string name)
    {
        if (rank == _rank)
        {
            Fault = new(RejectionReason.Ambiguous, $"The message has {name} twice.");
        }

        if (rank >= _rank)
        {
            return false;
        }

        _rank = rank;
        return true;
    }
}
