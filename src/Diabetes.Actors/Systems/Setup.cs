namespace Diabetes.Actors;

/// <summary>A part of what a system is made with. One of each kind counts, the last.</summary>
public abstract class Setup
{
    /// <summary>This and another.</summary>
    public ActorSystemSetup And(Setup other) => ActorSystemSetup.Create(this, other);
}
