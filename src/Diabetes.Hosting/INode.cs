namespace Diabetes.Hosting;

/// <summary>
/// A node's recipe: which settings it reads and which actors it is made of. The same recipe runs alone in a process of its own and beside
/// the other three in the all-in-one.
/// </summary>
public interface INode
{
    /// <summary>As in hocon/NAME.conf and in the log.</summary>
    string Name { get; }

    /// <summary>Every key that this node reads, so that all of them are checked before anything starts.</summary>
    IReadOnlyList<ISetting> Settings { get; }

    /// <summary>
    /// Looks at the files and folders that the node needs, so that one that cannot be used is found before anything is started or sent.
    /// </summary>
    /// <exception cref="SettingsException">One is not usable.</exception>
    void Check(Settings settings)
    {
    }

    /// <summary>
    /// Makes the actors and says, by <see cref="NodeContext.OnDrain"/>, how they end. Waits for nothing: a broker that is not there is
    /// waited for by the actors.
    /// </summary>
    /// <returns>Completes when the node has nothing more to do; a node that serves for ever never completes.</returns>
    /// <exception cref="SettingsException">Something that the node needs is not usable, which only showed when it was used.</exception>
    Task Start(NodeContext context);
}
