namespace Diabetes.Actors.Tests;

internal enum OrderKind
{
    /// <summary>Handle it.</summary>
    Note,

    /// <summary>Handle it after an await.</summary>
    Later,

    /// <summary>Stash it the first time, handle it the second.</summary>
    Stash,

    /// <summary>Handle it, and unstash.</summary>
    Unstash,

    /// <summary>Fail over it.</summary>
    Fail,

    /// <summary>Fail over it after an await.</summary>
    FailLater,

    /// <summary>Handle it, and stop.</summary>
    Stop,

    /// <summary>Handle it, and make a child.</summary>
    Spawn,
}
