using System.Text;
using Diabetes.Hosting;
using Diabetes.Hosting.Configuration;

namespace Diabetes.Cli;

/// <summary>Prints lines with parts from outside: nothing in them moves the cursor or begins another line.</summary>
/// <param name="inner">Where to print.</param>
/// <param name="masks">True to hide passwords: in errors, but not in messages of queues, which the user wants to see as they are.</param>
internal sealed class LineWriter(TextWriter inner, bool masks = false) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => inner.Write(value == '\n' ? "\n" : Printable.Line(value.ToString()));

    // The text of a library may have several lines: each write of it, not each line, comes here.
    public override void Write(string? value) =>
        inner.Write(string.Join('\n', (value ?? "").Split('\n').Select(Safe)));

    public override void WriteLine(string? value) => inner.WriteLine(Safe(value ?? ""));

    public override void WriteLine() => inner.WriteLine();

    public override void Flush() => inner.Flush();

    private string Safe(string line) => Printable.Line(masks ? Secrets.Mask(line) : line);
}
