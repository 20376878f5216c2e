namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>Holds an action of a life, or of the world outside. Actions of a life that has ended do not run.</summary>
internal sealed class Deed(Life? life, Action action)
{
    private bool _taken;

    public void TakeBack() => _taken = true;

    public void Run()
    {
        if (!_taken && life?.IsOver != true)
        {
            action();
        }
    }
}
