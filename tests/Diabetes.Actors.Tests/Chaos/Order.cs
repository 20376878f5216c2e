namespace Diabetes.Actors.Tests;

/// <summary>A message to a <see cref="ChaosActor"/>: what it is to do, and the number by which its fate is accounted for.</summary>
internal sealed record Order(int Number, OrderKind Kind)
{
    /// <summary>Stashed once already: to be handled now.</summary>
    public bool WasStashed { get; set; }
}
