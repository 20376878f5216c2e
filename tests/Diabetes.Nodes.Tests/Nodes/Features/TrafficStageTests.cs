using System.Collections.Immutable;
using Akka.Streams;
using Akka.Streams.Dsl;
using Diabetes.Amqp;
using Diabetes.Domain.Ids;
using Diabetes.Domain.Joining;
using Diabetes.Domain.Wire;
using Diabetes.Features;
using Diabetes.Features.Traffic;
using Diabetes.Ledger.Datasets;
using Diabetes.Nodes.Tests.Support.Recording;
using Diabetes.Testing.Actors;

namespace Diabetes.Nodes.Tests.Nodes.Features;

/// <summary>Tests the stage alone, with sinks that accept everything. <see cref="FeaturesActorTests"/> covers sinks that do not.</summary>
public sealed class TrafficStageTests : VirtualTimeTestKit
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly Dataset Dataset = DatasetReader.Read(new StringReader("a,b,target\n1,2,10\n3,4,20\n5,6,30\n"), "rows");
    private static readonly FeaturesPlan Plan = new(
        Dataset, Rate: 10, Count: 0, new LabelDelay.Fixed(TimeSpan.Zero), NotifyInterval: Second, Seed: null);
    private readonly RecordedConnection _connection = new();
    private readonly List<FeatureVector> _rows = [];
    private readonly List<PairHalf> _labels = [];
    private readonly List<ObservationId> _notifications = [];
    private int _batches;

    [Fact]
    public void Labels_DelaysThatOvertake_LeaveInTheOrderOfTheirDueTimes()
    {
        var delay = new LabelDelay.Uniform(TimeSpan.Zero, 5 * Second);
        Run(Plan with { Count = 50, LabelDelay = delay, Seed = 7 });
        Advance(11 * Second);

        var random = new Random(7);
        var due = _rows.Select((row, number) =>
        {
            random.Next(Dataset.Count);
            return (row.Id, Due: number * 0.1 * Second + delay.Draw(random.NextDouble()));
        });
        Assert.Equal(due.OrderBy(label => label.Due).Select(label => label.Id), _labels.Select(label => label.Id));
        Assert.NotEqual(_rows.Select(row => row.Id), _labels.Select(label => label.Id));
    }

    [Fact]
    public void Rows_BoundOfWhatIsOwed_WaitForLabels()
    {
        Run(Plan with { Rate = 0, LabelDelay = new LabelDelay.Fixed(TimeSpan.FromHours(1)) }, mostOwed: 300);
        Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(300, _rows.Count);
        Assert.Empty(_labels);

        Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(300, _labels.Count);
        Assert.InRange(_rows.Count, 300, 600);
        Advance(TimeSpan.FromHours(1));
        Assert.True(_rows.Count > 300);
    }

    [Fact]
    public void Rows_AsFastAsItGoes_ComeInBatches()
    {
        Run(Plan with { Rate = 0, Count = 10 * Pace.Burst });
        AwaitRest();
        Assert.Equal(10 * Pace.Burst, _rows.Count);
        Assert.Equal(10, _batches);
    }

    [Fact]
    public void Notifications_ManyLabels_FirstAtOnceThenTheNewestOnceAnInterval()
    {
        Run(Plan with { Rate = 100 });
        AwaitRest();
        Assert.Equal([_labels[0].Id], _notifications);

        Advance(0.5 * Second);
        Assert.Single(_notifications);
        Advance(0.5 * Second);
        Assert.Equal(2, _notifications.Count);
        Assert.InRange(_labels.FindIndex(label => label.Id == _notifications[1]), 98, 100);
        Advance(10 * Second);
        Assert.Equal(12, _notifications.Count);
    }

    [Fact]
    public void Notifications_NoMoreLabelsForNow_LastIsSentWhenItsIntervalIsOver()
    {
        Run(Plan);
        Advance(0.55 * Second);
        _connection.Now = AmqpConnectionState.Waiting;
        Advance(0.4 * Second);
        Assert.Equal([_labels[0].Id], _notifications);
        Advance(0.05 * Second);
        Assert.Equal([_labels[0].Id, _labels[5].Id], _notifications);
        Advance(10 * Second);
        Assert.Equal(2, _notifications.Count);
    }

    [Fact]
    public void Notifications_LastLabelOfAll_IsNamedAtOnce()
    {
        Run(Plan with { Count = 4, NotifyInterval = TimeSpan.FromHours(1) });
        Advance(0.25 * Second);
        Assert.Single(_notifications);
        Advance(0.05 * Second);
        Assert.Equal([_labels[0].Id, _labels[3].Id], _notifications);
    }

    [Fact]
    public void Notifications_Finish_LastOfThemStandsForAllLabelsThatWereOwed()
    {
        var traffic = Run(Plan with { Rate = 1000, LabelDelay = new LabelDelay.Fixed(TimeSpan.FromHours(1)) });
        Advance(Second);
        traffic.Finish();
        AwaitRest();
        Assert.True(_labels.Count > 2 * Pace.Burst);
        Assert.Equal(_rows.Select(row => row.Id), _labels.Select(label => label.Id));
        Assert.InRange(_notifications.Count, 1, 2);
        Assert.Equal(_labels[^1].Id, _notifications[^1]);
    }

    [Fact]
    public void Notifications_NoInterval_OneARow()
    {
        Run(Plan with { Rate = 1000, Count = 600, NotifyInterval = TimeSpan.Zero });
        Advance(Second);
        Assert.Equal(600, _labels.Count);
        Assert.Equal(_labels.Select(label => label.Id), _notifications);
    }

    [Fact]
    public void Finish_BeforeTheStreamHasStarted_IsHeard()
    {
        var traffic = Run(Plan with { LabelDelay = new LabelDelay.Fixed(TimeSpan.FromHours(1)) });
        traffic.Finish();
        traffic.Finish();
        AwaitRest();
        Assert.Equal(_rows.Count, _labels.Count);
        Advance(10 * Second);
        Assert.InRange(_rows.Count, 0, 1);
    }

    private ITraffic Run(FeaturesPlan plan, int mostOwed = 1_000_000) => RunnableGraph.FromGraph(GraphDsl.Create(
        new TrafficStage(plan, _connection, Time) { MostOwed = mostOwed },
        (graph, traffic) =>
        {
            graph.From(traffic.Rows).To(Sink.ForEach<ImmutableArray<FeatureVector>>(batch =>
            {
                _batches++;
                _rows.AddRange(batch);
            }));
            graph.From(traffic.Labels).To(Sink.ForEach<ImmutableArray<PairHalf>>(batch => _labels.AddRange(batch)));
            graph.From(traffic.Notifications).To(Sink.ForEach<ImmutableArray<ObservationId>>(batch => _notifications.AddRange(batch)));
            return ClosedShape.Instance;
        })).Run(Sys.Materializer());
}
