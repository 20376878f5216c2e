namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>What nobody foresaw, thrown by a port of the node: the node must end, and the next life must find everything.</summary>
internal sealed class SimulatedFault() : InvalidOperationException("Nobody foresaw this.");
