using System.Globalization;
using System.Text;
using System.Xml;

namespace Diabetes.Plot.Charts;

/// <summary>
/// Writes the few SVG elements a chart is made of, with everything escaped. Style stands in attributes, not in a style sheet: every renderer
/// reads those, and two pictures on one page cannot restyle each other. The class says what an element is.
/// </summary>
internal sealed class SvgWriter : IDisposable
{
    private readonly StringBuilder _text = new(32 * 1024);
    private readonly XmlWriter _xml;

    public SvgWriter(int width, int height, string title, string description)
    {
        _xml = XmlWriter.Create(_text, new XmlWriterSettings { OmitXmlDeclaration = true, Indent = true, IndentChars = " ", NewLineChars = "\n" });
        _xml.WriteStartElement("svg", "http://www.w3.org/2000/svg");
        Attribute("width", width);
        Attribute("height", height);
        _xml.WriteAttributeString("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {width} {height}"));
        _xml.WriteAttributeString("role", "img");
        _xml.WriteAttributeString("font-family", TextMetrics.Family);
        _xml.WriteElementString("title", Printable(title));
        _xml.WriteElementString("desc", Printable(description));
    }

    /// <param name="kind">What it is.</param>
    /// <param name="box">Where it is.</param>
    /// <param name="fill">CSS colour.</param>
    /// <param name="radius">Of its corners.</param>
    /// <param name="tip">What a browser shows when pointed at it.</param>
    public void Rectangle(string kind, ChartBox box, string fill, double radius = 0, string? tip = null)
    {
        Start("rect", kind);
        Attribute("x", box.Left);
        Attribute("y", box.Top);
        Attribute("width", box.Width);
        Attribute("height", box.Height);
        if (radius > 0) Attribute("rx", radius);
        _xml.WriteAttributeString("fill", fill);
        if (tip is not null) _xml.WriteElementString("title", Printable(tip));
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
        if (dash > 0) _xml.WriteAttributeString("stroke-dasharray", string.Create(CultureInfo.InvariantCulture, $"{dash:0.##} {dash * 0.7:0.##}"));
        _xml.WriteEndElement();
    }

    public void Polyline(string kind, IEnumerable<(double X, double Y)> points, string stroke, double width)
    {
        Start("polyline", kind);
        _xml.WriteAttributeString("points", string.Join(' ', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:0.##},{p.Y:0.##}"))));
        _xml.WriteAttributeString("fill", "none");
        Stroke(stroke, width);
        _xml.WriteAttributeString("stroke-linejoin", "round");
        _xml.WriteEndElement();
    }

    /// <param name="kind">What the text is.</param>
    /// <param name="x">Where the anchor stands.</param>
    /// <param name="baseline">Where the letters stand.</param>
    /// <param name="text">Any text.</param>
    /// <param name="style">Size, colour, weight and anchor.</param>
    public void Text(string kind, double x, double baseline, string text, TextStyle style)
    {
        Start("text", kind);
        Attribute("x", x);
        Attribute("y", baseline);
        Attribute("font-size", style.Size);
        _xml.WriteAttributeString("fill", style.Fill);
        if (style.Bold) _xml.WriteAttributeString("font-weight", "bold");
        if (style.Anchor != TextAnchor.Start) _xml.WriteAttributeString("text-anchor", style.Anchor == TextAnchor.End ? "end" : "middle");
        if (style.Upright)
            _xml.WriteAttributeString("transform", string.Create(CultureInfo.InvariantCulture, $"rotate(-90 {x:0.##} {baseline:0.##})"));
        _xml.WriteString(Printable(text));
        _xml.WriteEndElement();
    }

    /// <summary>Ends the picture and returns it.</summary>
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

    private void Attribute(string name, double value) => _xml.WriteAttributeString(name, value.ToString("0.##", CultureInfo.InvariantCulture));

    // XML has no place for control characters and halves of surrogate pairs, escaped or not.
    private static string Printable(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            clean.Append(rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? Rune.ReplacementChar : rune);
        return clean.ToString();
    }
}

/// <summary>How a text looks.</summary>
/// <param name="Size">Font size in pixels.</param>
/// <param name="Fill">CSS colour.</param>
/// <param name="Anchor">Which end of the text its x stands for.</param>
/// <param name="Bold">Whether in bold.</param>
/// <param name="Upright">Whether turned to read from bottom to top.</param>
internal readonly record struct TextStyle(double Size, string Fill, TextAnchor Anchor = TextAnchor.Start, bool Bold = false, bool Upright = false);

/// <summary>Which end of a text its x stands for.</summary>
internal enum TextAnchor
{
    Start,
    Middle,
    End,
}
