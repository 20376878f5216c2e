using System.Globalization;
using System.Xml.Linq;
using Diabetes.Plot.Charts;

namespace Diabetes.Nodes.Tests.Nodes.Plot.Charts;

/// <summary>Parses an SVG.</summary>
internal sealed class Picture
{
    private readonly XElement _root;

    public Picture(ErrorDistribution errors, int width = 1600, int height = 1000, ChartTheme? theme = null)
    {
        Svg = ErrorChart.Render(errors, width, height, theme ?? ChartTheme.Light);
        _root = XDocument.Parse(Svg).Root!;
        Page = new ChartBox(0, 0, width, height);
    }

    public string Svg { get; }

    public ChartBox Page { get; }

    public XElement Root => _root;

    public IEnumerable<XElement> OfKind(string kind) => _root.Elements().Where(element => element.Attribute("class")?.Value == kind);

    public IEnumerable<Bar> Bars => OfKind("bar").Select(bar => new Bar(
        new ChartBox(Number(bar, "x"), Number(bar, "y"), Number(bar, "x") + Number(bar, "width"), Number(bar, "y") + Number(bar, "height")),
        double.Parse(Tip(bar)[0], CultureInfo.InvariantCulture),
        double.Parse(Tip(bar)[2].TrimEnd(':'), CultureInfo.InvariantCulture),
        long.Parse(Tip(bar)[3], NumberStyles.AllowThousands, CultureInfo.InvariantCulture)));

    public IEnumerable<(string Kind, string Text, ChartBox Box)> Texts =>
        _root.Elements().Where(element => element.Name.LocalName == "text")
        .Select(element => (element.Attribute("class")!.Value, element.Value, BoxOf(element)));

    public string TextOf(string kind) => OfKind(kind).Single().Value;

    public static double Number(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static string[] Tip(XElement bar) => bar.Value.Split(' ');

    private static ChartBox BoxOf(XElement text)
    {
        var size = Number(text, "font-size");
        var width = TextMetrics.Width(text.Value, size, text.Attribute("font-weight") is not null);
        var (x, y) = (Number(text, "x"), Number(text, "y"));
        var share = text.Attribute("text-anchor")?.Value switch { "end" => 1, "middle" => 0.5, _ => 0 };
        // Digits and capitals; descenders are short.
        return text.Attribute("transform") is null
            ? new ChartBox(x - (share * width), y - (TextMetrics.CapHeight * size), x + ((1 - share) * width), y + (0.15 * size))
            : new ChartBox(x - (TextMetrics.CapHeight * size), y - (share * width), x + (0.15 * size), y + ((1 - share) * width));
    }

    internal readonly record struct Bar(ChartBox Box, double From, double To, long Rows);
}
