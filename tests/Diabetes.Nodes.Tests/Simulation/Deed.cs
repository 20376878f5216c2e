namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>Something to be done on behalf of a life, or of the world outside of it. A life that is over does nothing any more.</summary>
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
