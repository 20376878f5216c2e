using System.Xml.Linq;
using Diabetes.Domain.Statistics;
using Diabetes.Plot.Charts;
using Diabetes.Plot.Rendering;
using Diabetes.Testing.Actors;

namespace Diabetes.Nodes.Tests.Nodes.Plot;

public sealed class RendererActorTests : VirtualTimeTestKit
{
    private readonly string _folder = Directory.CreateTempSubdirectory("diabetes-plot-").FullName;
    private readonly ListLogger _log = new();

    private string Png => Path.Combine(_folder, "picture.png");

    private string Svg => Path.Combine(_folder, "picture.svg");

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    public void Draw_AnyErrors_PutsBothFilesInPlace(int rows)
    {
        Renderer(Librsvg.ToPng).Tell(new RendererProtocol.Draw(Errors(rows)), TestActor);
        Assert.Equal(Png, ExpectMsg<RendererProtocol.Drawn>().Path);

        Assert.Equal("svg", XDocument.Load(Svg).Root!.Name.LocalName);
        var image = PngImage.Read(File.ReadAllBytes(Png));
        Assert.Equal((640, 480), (image.Width, image.Height));
        Assert.Equal(0x11161c, image.At(1, 1));
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public void Draw_LibraryMissing_DrawsTheSvgAndSaysOnceWhatToInstall()
    {
        var asked = 0;
        var renderer = Renderer((_, _, _) =>
        {
            asked++;
            throw new DllNotFoundException("Unable to load shared library 'librsvg-2.so.2'.");
        });
        for (var rows = 1; rows <= 3; rows++)
        {
            renderer.Tell(new RendererProtocol.Draw(Errors(rows)), TestActor);
            Assert.Equal(Svg, ExpectMsg<RendererProtocol.Drawn>().Path);
        }

        Assert.False(File.Exists(Png));
        Assert.Contains("3 rows", File.ReadAllText(Svg), StringComparison.Ordinal);
        Assert.Contains("librsvg2-2", _log.Text(6007), StringComparison.Ordinal);
        Assert.Equal(1, asked);
    }

    [Fact]
    public void Draw_PngCannotBeMade_SaysWhyAndKeepsTheOldOne()
    {
        File.WriteAllText(Png, "old");
        Renderer((_, _, _) => throw new RenderingException("cairo is tired")).Tell(new RendererProtocol.Draw(Errors(1)), TestActor);
        Assert.Equal("cairo is tired", ExpectMsg<Status.Failure>().Cause!.Message);
        Assert.Equal("old", File.ReadAllText(Png));
    }

    [Fact]
    public void Draw_FolderCannotBeMade_SaysWhy()
    {
        var inTheWay = Path.Combine(_folder, "file");
        File.WriteAllText(inTheWay, "");
        Renderer(Librsvg.ToPng, Path.Combine(inTheWay, "picture.png")).Tell(new RendererProtocol.Draw(Errors(1)), TestActor);
        Assert.IsType<IOException>(ExpectMsg<Status.Failure>().Cause);
    }

    [Fact]
    public void Draw_ErrorsThatContradictThemselves_AnswersAndGoesOn()
    {
        var renderer = Renderer(Librsvg.ToPng);
        renderer.Tell(new RendererProtocol.Draw(Errors(2) with { Bins = [] }), TestActor);
        Assert.IsType<ArgumentException>(ExpectMsg<Status.Failure>().Cause);
        renderer.Tell(new RendererProtocol.Draw(Errors(2)), TestActor);
        ExpectMsg<RendererProtocol.Drawn>();
    }

    [Fact]
    public void GetPicture_GivesTheLastSvg()
    {
        var renderer = Renderer(Librsvg.ToPng);
        renderer.Tell(RendererProtocol.GetPicture.Instance, TestActor);
        Assert.Null(ExpectMsg<RendererProtocol.Picture>().Svg);

        renderer.Tell(new RendererProtocol.Draw(Errors(3)), TestActor);
        ExpectMsg<RendererProtocol.Drawn>();
        renderer.Tell(RendererProtocol.GetPicture.Instance, TestActor);
        var picture = ExpectMsg<RendererProtocol.Picture>();
        Assert.Equal(File.ReadAllText(Svg), picture.Svg);
        Assert.Equal((3, DateTimeOffset.UnixEpoch), (picture.Rows, picture.At));
    }

    protected override void AfterAll() => Directory.Delete(_folder, recursive: true);

    private IActorRef Renderer(SvgToPng toPng, string? path = null)
    {
        var spec = new PictureSpec(path ?? Png, 640, 480, ChartTheme.Dark);
        return Sys.ActorOf(Props.Create(() => new RendererActor(spec, toPng, _log)), "renderer");
    }

    private static ErrorDistribution Errors(int rows)
    {
        var statistics = new ErrorStatistics();
        for (var i = 0; i < rows; i++)
        {
            statistics.Add(i % 97, 0);
        }

        return new ErrorDistribution("Test", "points", DateTimeOffset.UnixEpoch, statistics.Summarise(), statistics.Histogram.Bins());
    }
}
