namespace Diabetes.Domain.Joining;

/// <summary>What a half that came in is to its correlation.</summary>
public enum Verdict : byte
{
    /// <summary>The first of the two: waits.</summary>
    Hold,

    /// <summary>The second of the two: a pair.</summary>
    Join,

    /// <summary>Was there before, with the same value: counted and settled.</summary>
    Duplicate,

    /// <summary>Was there before, with another value: the first one stands, this one goes to quarantine.</summary>
    Conflict,

    /// <summary>The second of the two, but the first was an orphan already: a late join.</summary>
    JoinLate,

    /// <summary>A prediction of a model that nobody expects: goes to quarantine, from where it can be replayed once the model is expected.</summary>
    UnexpectedModel,

    /// <summary>Not a half at all, and so never decided here: counted, then set aside.</summary>
    Unreadable,
}
