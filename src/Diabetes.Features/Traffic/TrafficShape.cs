using System.Collections.Immutable;
using Akka.Streams;
using Diabetes.Domain.Ids;
using Diabetes.Domain.Joining;
using Diabetes.Domain.Wire;

namespace Diabetes.Features.Traffic;

/// <summary>Describes the three outlets of a <see cref="TrafficStage"/>, one for each queue.</summary>
internal sealed class TrafficShape(
    Outlet<ImmutableArray<FeatureVector>> rows,
    Outlet<ImmutableArray<PairHalf>> labels,
    Outlet<ImmutableArray<ObservationId>> notifications) : Shape
{
    public Outlet<ImmutableArray<FeatureVector>> Rows { get; } = rows;

    public Outlet<ImmutableArray<PairHalf>> Labels { get; } = labels;

    /// <summary>The ids of labels that were sent.</summary>
    public Outlet<ImmutableArray<ObservationId>> Notifications { get; } = notifications;

    public override ImmutableArray<Inlet> Inlets => [];

    public override ImmutableArray<Outlet> Outlets => [Rows, Labels, Notifications];

    public override Shape DeepCopy() => CopyFromPorts(Inlets, [.. Outlets.Select(outlet => outlet.CarbonCopy())]);

    public override Shape CopyFromPorts(ImmutableArray<Inlet> inlets, ImmutableArray<Outlet> outlets) => new TrafficShape(
        (Outlet<ImmutableArray<FeatureVector>>)outlets[0],
        (Outlet<ImmutableArray<PairHalf>>)outlets[1],
        (Outlet<ImmutableArray<ObservationId>>)outlets[2]);
}
