namespace Diabetes.Nodes.Tests.EndToEnd.Chaos;

/// <summary>What can go wrong in a chaos run.</summary>
internal enum Mishap
{
    MetricKilled,
    ModelKilled,
    PlotKilled,
    BrokerKilled,
    BrokerStopped,
    ConnectionsCut,
    ConnectionsCutMidFrame,
}
