namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>Names a fault that is put into the node or its surroundings on purpose: the checks of the simulation must find it.</summary>
public enum Mutant
{
    /// <summary>No fault.</summary>
    None,

    /// <summary>The store answers before it has kept anything, and loses it.</summary>
    StoreForgets,

    /// <summary>A delivery is settled before its half is committed.</summary>
    AckBeforeCommit,

    /// <summary>A pair gets a second row.</summary>
    RowTwice,

    /// <summary>A message that cannot be read never reaches the ledger actor.</summary>
    LostReject,

    /// <summary>An actor throws an exception that nobody expects.</summary>
    ActorThrows,

    /// <summary>The verdicts of one queue reach the stage of the other.</summary>
    WrongOrigin,
}
