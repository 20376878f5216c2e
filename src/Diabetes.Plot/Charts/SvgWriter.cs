using System.Text;
using System.Xml;
using static System.FormattableString;

namespace Diabetes.Plot.Charts;

/// <summary>
/// Writes the few SVG elements of a chart and escapes all text. Style is in attributes and not in a style sheet, because every renderer
/// understands those and because two pictures on one page then cannot restyle each other. The class attribute names the kind of element.
/// </summary>
internal sealed class SvgWriter : IDisposable
{
    private readonly StringBuilder _text = new(32 * 1024);
    private readonly XmlWriter _xml;

    public SvgWriter(int width, int height, string title, string description)
    {
        _xml = XmlWriter.Create(
            _text, new XmlWriterSettings { OmitXmlDeclaration = true, Indent = true, IndentChars = " ", NewLineChars = "\n" });
        _xml.WriteStartElement("svg", "http://www.w3.org/2000/svg");
        Attribute("width", width);
        Attribute("height", height);
        _xml.WriteAttributeString("viewBox", Invariant($"0 0 {width} {height}"));
        _xml.WriteAttributeString("role", "img");
        _xml.WriteAttributeString("font-family", TextMetrics.Family);
        _xml.WriteElementString("title", Printable(title));
        _xml.WriteElementString("desc", Printable(description));
    }

    /// <summary>Draws a filled rectangle.</summary>
    /// <param name="kind">The class attribute.</param>
    /// <param name="box">Position and size in pixels.</param>
    /// <param name="fill">A CSS colour.</param>
    /// <param name="radius">The radius of the corners in pixels.</param>
    /// <param name="tip">The text that a browser shows under the mouse pointer; null for none.</param>
    public void Rectangle(string kind, ChartBox box, string fill, double radius = 0, string? tip = null)
    {
        Start("rect", kind);
        Attribute("x", box.Left);
        Attribute("y", box.Top);
        Attribute("width", box.Width);
        Attribute("height", box.Height);
        if (radius > 0)
        {
            Attribute("rx", radius);
        }

        _xml.WriteAttributeString("fill", fill);
        if (tip is not null)
        {
            _xml.WriteElementString("title", Printable(tip));
        }

        _xml.WriteEndElement();
    }

    public void Line(string kind, double x1, double y1, double x2, double y2, string stroke, double width, double dash = 0)
    {
        Start("line", kind);
        Attribute("x1", x1);
        Attribute("y1", y1);
        Attribute("x2", x2);
        Attribute("y2", y2);
        Stroke(stroke, width);
        if (dash > 0)
        {
            _xml.WriteAttributeString("stroke-dasharray", Invariant($"{dash:0.##} {dash * 0.7:0.##}"));
        }

        _xml.WriteEndElement();
    }

    public void Polyline(string kind, IEnumerable<(double X, double Y)> points, string stroke, double width)
    {
        Start("polyline", kind);
        _xml.WriteAttributeString("points", string.Join(' ', points.Select(p => Invariant($"{p.X:0.##},{p.Y:0.##}"))));
        _xml.WriteAttributeString("fill", "none");
        Stroke(stroke, width);
        _xml.WriteAttributeString("stroke-linejoin", "round");
        _xml.WriteEndElement();
    }

    /// <summary>Writes a line of text.</summary>
    /// <param name="kind">The class attribute.</param>
    /// <param name="x">The x position of the anchor in pixels.</param>
    /// <param name="baseline">The y position of the baseline in pixels.</param>
    /// <param name="text">Any text; it is escaped.</param>
    /// <param name="style">Size, colour, weight and anchor.</param>
    public void Text(string kind, double x, double baseline, string text, TextStyle style)
    {
        Start("text", kind);
        Attribute("x", x);
        Attribute("y", baseline);
        Attribute("font-size", style.Size);
        _xml.WriteAttributeString("fill", style.Fill);
        if (style.Bold)
        {
            _xml.WriteAttributeString("font-weight", "bold");
        }

        if (style.Anchor == TextAnchor.Middle)
        {
            _xml.WriteAttributeString("text-anchor", "middle");
        }

        if (style.Anchor == TextAnchor.End)
        {
            _xml.WriteAttributeString("text-anchor", "end");
        }

        if (style.Upright)
        {
            _xml.WriteAttributeString("transform", Invariant($"rotate(-90 {x:0.##} {baseline:0.##})"));
        }

        _xml.WriteString(Printable(text));
        _xml.WriteEndElement();
    }

    /// <summary>Closes the document and returns it.</summary>
    public string Finish()
    {
        _xml.WriteEndElement();
        _xml.Flush();
        return _text.Append('\n').ToString();
    }

    public void Dispose() => _xml.Dispose();

    private void Start(string element, string kind)
    {
        _xml.WriteStartElement(element);
        _xml.WriteAttributeString("class", kind);
    }

    private void Stroke(string colour, double width)
    {
        _xml.WriteAttributeString("stroke", colour);
        Attribute("stroke-width", width);
    }

    private void Attribute(string name, double value) => _xml.WriteAttributeString(name, Invariant($"{value:0.##}"));

    // XML allows no control characters and no unpaired surrogates, escaped or not, so they are replaced.
    private static string Printable(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            clean.Append(rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? Rune.ReplacementChar : rune);
        }

        return clean.ToString();
    }
}

/// <summary>Describes how text looks.</summary>
/// <param name="Size">The font size in pixels.</param>
/// <param name="Fill">A CSS colour.</param>
/// <param name="Anchor">The end of the text that its x position refers to.</param>
/// <param name="Bold">True for bold text.</param>
/// <param name="Upright">True for text that is turned to read from bottom to top.</param>
internal readonly record struct TextStyle(
    double Size, string Fill, TextAnchor Anchor = TextAnchor.Start, bool Bold = false, bool Upright = false);

/// <summary>Names the end of a text that its x position refers to.</summary>
internal enum TextAnchor
{
    Start,
    Middle,
    End,
}
