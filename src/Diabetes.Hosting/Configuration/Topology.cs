namespace Diabetes.Hosting.Configuration;

/// <summary>Of what kind the queues are that a node declares.</summary>
public enum Topology
{
    /// <summary>Classic, without arguments, durable where the configuration says so: services of any language declare the same.</summary>
    Compatible,

    /// <summary>Durable quorum queues: they survive the broker, and the loss of a machine of its cluster.</summary>
    Reliable,
}
