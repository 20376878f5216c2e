namespace Diabetes.Actors;

/// <summary>A decider made of a table: the first class that the failure is an instance of, else the default.</summary>
public class DeployableDecider(Directive defaultDirective, params KeyValuePair<Type, Directive>[] pairs) : IDecider
{
    /// <summary>For failures that no pair names.</summary>
    public Directive DefaultDirective => defaultDirective;

    /// <summary>The table.</summary>
    public KeyValuePair<Type, Directive>[] Pairs => pairs;

    /// <inheritdoc/>
    public Directive Decide(Exception cause)
    {
        foreach (var (type, directive) in pairs)
        {
            if (type.IsInstanceOfType(cause))
            {
                return directive;
            }
        }

        return defaultDirective;
    }
}
