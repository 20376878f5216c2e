namespace Diabetes.Actors;

/// <summary>Which system a path belongs to. All systems here are local: there is no host and no port.</summary>
public sealed record Address(string Protocol, string System)
{
    /// <summary><c>akka://name</c>.</summary>
    public override string ToString() => $"{Protocol}://{System}";
}
