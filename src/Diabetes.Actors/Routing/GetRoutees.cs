namespace Diabetes.Actors;

/// <summary>Asks a router for its <see cref="Routees"/>.</summary>
public sealed class GetRoutees
{
    private GetRoutees()
    {
    }

    public static GetRoutees Instance { get; } = new();
}
