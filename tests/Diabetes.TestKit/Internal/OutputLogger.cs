using Diabetes.Actors;
using Xunit.Abstractions;

namespace Diabetes.Testing;

/// <summary>Writes log events to the output of the test that runs.</summary>
internal sealed class OutputLogger(ITestOutputHelper output) : UntypedActor
{
    protected override void OnReceive(object message) => output.WriteLine($"{message}");
}
