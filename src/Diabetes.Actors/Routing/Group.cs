namespace Diabetes.Actors;

/// <summary>A router to actors that somebody else makes, by their paths.</summary>
public abstract class Group : RouterConfig
{
    private protected Group(IEnumerable<string> paths) => Paths = [.. paths];

    /// <summary>Paths of the routees.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>Props of the router.</summary>
    public Props Props() => Actors.Props.Empty.WithRouter(this);
}
