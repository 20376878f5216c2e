using Diabetes.Hosting.Shutdown;
using Diabetes.Ledger.Joins;
using Diabetes.Plot;
using Diabetes.Plot.Charts;
using Diabetes.Plot.Following;
using Diabetes.Plot.Rendering;
using Diabetes.Testing.Actors;

namespace Diabetes.Nodes.Tests.Nodes.Plot;

public sealed class FollowerActorTests : VirtualTimeTestKit
{
    private const string Picture = "logs/error_distribution.png";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly FakeLedger _ledger = new();
    private readonly ListLogger _log = new();
    private readonly TestProbe _renderer;

    public FollowerActorTests() => _renderer = CreateTestProbe("renderer");

    [Fact]
    public void Start_NoLedger_DrawsItEmptyAndSaysSoOnce()
    {
        _ledger.Exists = false;
        Follow();
        Assert.Equal(0, DrawNext().Summary.Count);
        ExpectNoMsg(_renderer, 10 * Interval);

        Assert.Equal(1, _log.Count(6000));
        Assert.Single(_log.Lines);
        Assert.True(_ledger.Reads >= 10, $"{_ledger.Reads} reads");
    }

    [Fact]
    public void Start_EmptyLedger_DrawsItEmptyAndSaysSoOnce()
    {
        Follow();
        Assert.Equal(0, DrawNext().Summary.Count);
        ExpectNoMsg(_renderer, 3 * Interval);

        Assert.Equal(1, _log.Count(6001));
        Assert.Single(_log.Lines);
    }

    [Fact]
    public void Interval_NewRows_DrawsAllOfThem()
    {
        _ledger.Add(3, error: 10);
        Follow();
        Assert.Equal(3, DrawNext().Summary.Count);
        _ledger.Add(1, error: 50);
        ExpectNoMsg(_renderer, Interval - TimeSpan.FromTicks(1));
        Advance(TimeSpan.FromTicks(1));
        var errors = DrawNext();

        Assert.Equal(4, errors.Summary.Count);
        Assert.Equal(20, errors.Summary.Mean);
        Assert.Equal(4, errors.Bins.Sum(bin => bin.Count));
        Assert.Equal(Time.GetUtcNow(), errors.At);
        Assert.Equal(2, _log.Count(6002));
        Assert.Contains("4 rows, mean 20", _log.Lines[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Interval_NoNewRows_DrawsNothing()
    {
        _ledger.Add(3);
        Follow();
        DrawNext();
        ExpectNoMsg(_renderer, 5 * Interval);
        Assert.Single(_log.Lines);
    }

    [Fact]
    public void Start_LongLedger_IsReadPageByPageAndDrawnOnce()
    {
        _ledger.Add(25_000);
        Follow();
        Assert.Equal(25_000, DrawNext().Summary.Count);
        Assert.Equal(3, _ledger.Reads);
        ExpectNoMsg(_renderer);
    }

    [Fact]
    public void Notification_TriggerIsInterval_MakesNoPicture()
    {
        var follower = Follow();
        DrawNext();
        _ledger.Add(1);
        for (var i = 0; i < 100; i++)
        {
            Notify(follower);
        }

        ExpectNoMsg(_renderer, Interval - TimeSpan.FromTicks(1));
    }

    [Fact]
    public void Notification_AfterAQuietTime_IsDrawnAtOnce()
    {
        var follower = Follow(PlotTrigger.Notification);
        DrawNext();
        Advance(2.5 * Interval);
        _ledger.Add(1);
        Notify(follower);
        ExpectNoMsg(_renderer, ReadSchedule.Lead - TimeSpan.FromTicks(1));
        Advance(TimeSpan.FromTicks(1));
        Assert.Equal(1, DrawNext().Summary.Count);
    }

    [Fact]
    public void Notification_Storm_IsOnePictureAnInterval()
    {
        var follower = Follow(PlotTrigger.Notification);
        DrawNext();
        var pictures = 0;
        for (var i = 0; i < 100; i++)
        {
            _ledger.Add(1);
            Notify(follower);
            Advance(Interval / 10);
            if (!_renderer.HasMessages)
            {
                continue;
            }

            DrawNext();
            pictures++;
        }
        Assert.Equal(10, pictures);
    }

    [Fact]
    public void Notification_WhileDrawing_IsDrawnAfterTheInterval()
    {
        _ledger.Add(1);
        var follower = Follow(PlotTrigger.Notification);
        _renderer.ExpectMsg<RendererProtocol.Draw>();
        _ledger.Add(1);
        Notify(follower);
        AwaitRest();
        Answer();
        ExpectNoMsg(_renderer, Interval - TimeSpan.FromTicks(1));
        Advance(TimeSpan.FromTicks(1));
        Assert.Equal(2, DrawNext().Summary.Count);
    }

    [Fact]
    public void Ledger_Replaced_BeginsAnewAndSaysSo()
    {
        _ledger.Add(100, error: 10);
        Follow();
        DrawNext();
        _ledger.Replace();
        _ledger.Add(5, error: 3);
        Advance(Interval);

        var errors = DrawNext();
        Assert.Equal(5, errors.Summary.Count);
        Assert.Equal(3, errors.Summary.Mean);
        Assert.Equal(1, _log.Count(6003));
    }

    [Fact]
    public void Ledger_RemovedThenBack_IsDrawnEmptyThenFromItsStart()
    {
        _ledger.Add(100);
        Follow();
        DrawNext();
        _ledger.Exists = false;
        Advance(Interval);
        Assert.Equal(0, DrawNext().Summary.Count);
        _ledger.Exists = true;
        Advance(Interval);
        Assert.Equal(100, DrawNext().Summary.Count);
        Assert.Equal([6002, 6003, 6010, 6002], _log.Lines.Select(line => line.Id));
    }

    [Fact]
    public void Rows_Unreadable_AreCountedInTheLogOnce()
    {
        _ledger.Add(2);
        _ledger.Unreadable = 3;
        Follow();
        DrawNext();
        Advance(3 * Interval);
        Assert.StartsWith("Left 3 rows of the ledger", _log.Text(6004), StringComparison.Ordinal);
    }

    [Fact]
    public void Ledger_CannotBeRead_SaysSoOnceAndTriesAgain()
    {
        _ledger.Failure = new UnauthorizedAccessException("Access denied.");
        Follow();
        Advance(3 * Interval);
        Assert.Contains("Access denied.", _log.Text(6005), StringComparison.Ordinal);
        _ledger.Failure = null;
        _ledger.Add(1);
        Advance(Interval);
        Assert.Equal(1, DrawNext().Summary.Count);
    }

    [Fact]
    public void Ledger_ServerGoneForAWhile_SaysSoOnceWhateverItsWordsAndGoesOn()
    {
        _ledger.Add(1);
        Follow();
        DrawNext();
        _ledger.Failure = new StoreUnavailableException("Connection refused. Start it.");
        Advance(3 * Interval);
        _ledger.Failure = new StoreUnusableException("The password changed. Mend it.");
        Advance(3 * Interval);
        _ledger.Failure = null;
        _ledger.Add(1);
        Advance(Interval);
        Assert.Equal(2, DrawNext().Summary.Count);
        Assert.Equal([6002, 6008, 6009, 6002], _log.Lines.Select(line => line.Id));
        Assert.Contains("Connection refused. Start it.", _log.Text(6008), StringComparison.Ordinal);
    }

    [Fact]
    public void Start_LedgerUnusable_EndsTheNode()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(NodeFailed));
        _ledger.Failure = new StoreUnusableException("No such database. Make it.");
        Follow();
        Assert.Equal("No such database. Make it.", ExpectMsg<NodeFailed>().Cause.Message);
    }

    [Fact]
    public void Picture_Refused_SaysSoOnceAndTriesAgain()
    {
        _ledger.Add(1);
        Follow();
        for (var i = 0; i < 3; i++)
        {
            _renderer.ExpectMsg<RendererProtocol.Draw>();
            _renderer.Reply(new Status.Failure(new IOException("No space left on device.")));
            ExpectNoMsg(_renderer, Interval - TimeSpan.FromTicks(1));
            Advance(TimeSpan.FromTicks(1));
        }
        Assert.Contains("No space left on device.", _log.Text(6006), StringComparison.Ordinal);
        DrawNext();
        ExpectNoMsg(_renderer, Interval);
        Assert.Equal([6006, 6002], _log.Lines.Select(line => line.Id));
    }

    [Fact]
    public void Finish_RowsNotYetDrawn_DrawsThemFirst()
    {
        var follower = Follow();
        DrawNext();
        _ledger.Add(7);
        follower.Tell(FollowerProtocol.Finish.Instance, TestActor);
        Assert.Equal(7, DrawNext().Summary.Count);
        ExpectMsg(new FollowerProtocol.Finished(7, Picture, null));
    }

    [Fact]
    public void Finish_WhileDrawing_LooksOnceMore()
    {
        _ledger.Add(1);
        var follower = Follow();
        _renderer.ExpectMsg<RendererProtocol.Draw>();
        follower.Tell(FollowerProtocol.Finish.Instance, TestActor);
        _ledger.Add(1);
        AwaitRest();
        Answer();
        Assert.Equal(2, DrawNext().Summary.Count);
        ExpectMsg(new FollowerProtocol.Finished(2, Picture, null));
    }

    [Fact]
    public void Finish_NothingNew_AnswersAtOnce()
    {
        var follower = Follow();
        DrawNext();
        follower.Tell(FollowerProtocol.Finish.Instance, TestActor);
        ExpectMsg(new FollowerProtocol.Finished(0, Picture, null));
        ExpectNoMsg(_renderer);
    }

    [Fact]
    public void Finish_PictureRefused_SaysWhy()
    {
        _ledger.Add(1);
        var follower = Follow();
        DrawNext();
        _ledger.Add(1);
        follower.Tell(FollowerProtocol.Finish.Instance, TestActor);
        _renderer.ExpectMsg<RendererProtocol.Draw>();
        _renderer.Reply(new Status.Failure(new IOException("No space left on device.")));
        ExpectMsg(new FollowerProtocol.Finished(2, Picture, "No space left on device."));
    }

    private IActorRef Follow(PlotTrigger trigger = PlotTrigger.Interval)
    {
        var plan = new FollowerPlan(_ledger, "logs/metric_log.csv", trigger, Interval, new GivenActor<RendererActor>(_renderer.Ref));
        return Sys.ActorOf(Props.Create(() => new FollowerActor(plan, Time, _log, CancellationToken.None)), "follower");
    }

    private ErrorDistribution DrawNext()
    {
        var errors = _renderer.ExpectMsg<RendererProtocol.Draw>().Errors;
        Answer();
        AwaitRest();
        return errors;
    }

    private void Answer() => _renderer.Reply(new RendererProtocol.Drawn(Picture));

    private void Notify(IActorRef follower) => follower.Tell(FollowerProtocol.Notified.Instance, TestActor);
}
