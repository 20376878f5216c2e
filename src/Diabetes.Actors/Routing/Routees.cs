namespace Diabetes.Actors;

/// <summary>Answer to <see cref="GetRoutees"/>.</summary>
public sealed class Routees(IEnumerable<Routee> routees)
{
    public IEnumerable<Routee> Members => routees;
}
