namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>Records what happened, one line for each event, with the milliseconds of virtual time.</summary>
internal sealed class Trace(Agenda agenda)
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    public void Add(string line) => _lines.Add($"{agenda.Now.TotalMilliseconds,8:0.0} {line}");
}
