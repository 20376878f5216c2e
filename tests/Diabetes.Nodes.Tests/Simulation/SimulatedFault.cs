namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>Simulates an unexpected exception from a port of the node. The node must end, and the next life must find everything.</summary>
internal sealed class SimulatedFault() : InvalidOperationException("Nobody foresaw this.");
