namespace Diabetes.Actors;

/// <summary>Rows of a decider's table.</summary>
public static class DirectiveExtensions
{
    /// <summary><c>Directive.Stop.When&lt;IOException&gt;()</c>.</summary>
    public static KeyValuePair<Type, Directive> When<TException>(this Directive self)
        where TException : Exception
        => new(typeof(TException), self);
}
