namespace Diabetes.Domain.Joining;

/// <summary>Says what a half means for its pair.</summary>
public enum Verdict : byte
{
    /// <summary>It is the first of the two halves and waits for the other.</summary>
    Hold,

    /// <summary>It is the second of the two halves and completes the pair.</summary>
    Join,

    /// <summary>It had arrived before with the same value. It is counted and acked.</summary>
    Duplicate,

    /// <summary>It had arrived before with another value. The first value is kept and this half goes to quarantine.</summary>
    Conflict,

    /// <summary>It is the second of the two halves, but the first had become an orphan: the pair is a late join.</summary>
    JoinLate,

    /// <summary>
    /// It is a prediction of a model that is not expected. It goes to quarantine and can be replayed once the model is expected.
    /// </summary>
    UnexpectedModel,

    /// <summary>The message could not be decoded. It is counted and then set aside. Never decided by <see cref="Correlation"/>.</summary>
    Unreadable,
}
