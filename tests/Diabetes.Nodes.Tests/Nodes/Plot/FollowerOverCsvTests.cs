using System.Globalization;
using System.Text;
using Diabetes.Ledger.Csv;
using Diabetes.Plot;
using Diabetes.Plot.Charts;
using Diabetes.Plot.Following;
using Diabetes.Plot.Rendering;
using Diabetes.Testing.Actors;

namespace Diabetes.Nodes.Tests.Nodes.Plot;

public sealed class FollowerOverCsvTests : VirtualTimeTestKit
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly string _folder = Directory.CreateTempSubdirectory("diabetes-plot-").FullName;
    private readonly ListLogger _log = new();
    private readonly TestProbe _renderer;

    public FollowerOverCsvTests() => _renderer = CreateTestProbe("renderer");

    private string Ledger => Path.Combine(_folder, "metric_log.csv");

    [Fact]
    public void File_ThatComesGrowsAndIsReplaced_IsFollowed()
    {
        Follow();
        Assert.Equal(0, DrawNext().Summary.Count);

        File.WriteAllText(Ledger, "id,y_true,y_pred,absolute_error\n");
        Assert.Equal(0, DrawNext().Summary.Count);

        File.AppendAllText(Ledger, "1.5,100.0,90.0,10.0\n2.5,100.0,120.0,20.0\n3.5,10");
        var two = DrawNext();
        Assert.Equal((2, 15), (two.Summary.Count, two.Summary.Mean));

        // Complete the partial row, and add one that cannot be parsed.
        File.AppendAllText(Ledger, "0.0,160.0,60.0\n4.5,?,1.0,1.0\n");
        var three = DrawNext();
        Assert.Equal((3, 30), (three.Summary.Count, three.Summary.Mean));

        File.WriteAllText(Ledger, "id,y_true,y_pred,absolute_error\n9.5,7.0,0.0,7.0\n");
        var one = DrawNext();
        Assert.Equal((1, 7), (one.Summary.Count, one.Summary.Mean));

        Assert.Equal([6000, 6001, 6002, 6004, 6002, 6003, 6002], _log.Lines.Select(line => line.Id));
    }

    [Fact]
    public void File_OfAnotherService_IsReadToo()
    {
        File.WriteAllText(Ledger, "\ufeffmessage_id;y_true;y_pred;error\n\"a\";1;3;2\n\"b\";1;5;4\n");
        Follow();
        Assert.Equal(3, DrawNext().Summary.Mean);
    }

    [Fact]
    public void File_ThatIsRotated_IsFollowedAcross()
    {
        File.WriteAllText(Ledger, "id,y_true,y_pred,absolute_error\n1.5,100.0,90.0,10.0\n");
        Follow();
        Assert.Equal(1, DrawNext().Summary.Count);

        // Add rows, rotate twice, and archive what was read.
        File.AppendAllText(Ledger, "2.5,100.0,120.0,20.0\n");
        File.Move(Ledger, Path.Combine(_folder, "metric_log.1.csv"));
        File.WriteAllText(Ledger, "id,y_true,y_pred,absolute_error\n3.5,100.0,160.0,60.0\n");
        File.Move(Ledger, Path.Combine(_folder, "metric_log.2.csv"));
        File.WriteAllText(Ledger, "id,y_true,y_pred,absolute_error\n");
        var three = DrawNext();
        Assert.Equal((3, 30), (three.Summary.Count, three.Summary.Mean));

        File.Delete(Path.Combine(_folder, "metric_log.1.csv"));
        File.AppendAllText(Ledger, "4.5,100.0,70.0,30.0\n");
        Assert.Equal(4, DrawNext().Summary.Count);
        Assert.Equal([6002, 6002, 6002], _log.Lines.Select(line => line.Id));
    }

    [Fact]
    public void File_OfAHundredThousandRows_IsDrawnOnceInFull()
    {
        var rows = new StringBuilder("id,y_true,y_pred,absolute_error\n");
        for (var i = 0; i < 100_000; i++)
        {
            rows.Append(CultureInfo.InvariantCulture, $"{i}.5,{i % 200}.0,0.0,{i % 200}.0\n");
        }

        File.WriteAllText(Ledger, rows.ToString());
        Follow();
        var summary = DrawNext().Summary;
        Assert.Equal(100_000, summary.Count);
        Assert.Equal(99.5, summary.Mean, 9);
        ExpectNoMsg(_renderer);
    }

    protected override void AfterAll() => Directory.Delete(_folder, recursive: true);

    private void Follow()
    {
        var plan = new FollowerPlan(
            new CsvLedgerReader(Ledger), Ledger, PlotTrigger.Interval, Interval, new GivenActor<RendererActor>(_renderer.Ref));
        Sys.ActorOf(Props.Create(() => new FollowerActor(plan, Time, _log, CancellationToken.None)), "follower");
    }

    private ErrorDistribution DrawNext()
    {
        // Reading runs outside the actor system, so the read has ended only when a timer is set again.
        if (_log.Lines.Count > 0)
        {
            AwaitCondition(() => Time.ArmedTimers > 0);
            Time.Advance(Interval);
        }
        var errors = _renderer.ExpectMsg<RendererProtocol.Draw>().Errors;
        _renderer.Reply(new RendererProtocol.Drawn("picture.png"));
        AwaitRest();
        return errors;
    }
}
