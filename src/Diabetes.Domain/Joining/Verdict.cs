namespace Diabetes.Domain;

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
}
