using System.Text;
using Diabetes.Hosting;
using Diabetes.Hosting.Configuration;

namespace Diabetes.Cli;

/// <summary>Prints lines with parts from outside: nothing in them moves the cursor, begins another line or is a password.</summary>
internal sealed class LineWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => inner.Write(value == '\n' ? "\n" : Printable.Line(value.ToString()));

    // The text of a library may have several lines: each write of it, not each line, comes here.
    public override void Write(string? value) =>
        inner.Write(string.Join('\n', (value ?? "").Split('\n').Select(line => Printable.Line(Secrets.Mask(line)))));

    public override void WriteLine(string? value) => inner.WriteLine(Printable.Line(Secrets.Mask(value ?? "")));

    public override void WriteLine() => inner.WriteLine();

    public override void Flush() => inner.Flush();
}
