namespace Diabetes.Actors;

/// <summary>
/// Says where and when the runs of a system's cells are carried out. A system that is given none leaves that to the thread pool, without a call in between;
/// tests give one: to know when nothing runs any more, or to draw from a seed who runs next.
/// </summary>
internal abstract class Dispatcher
{
    /// <summary>Sees to it that <paramref name="run"/> is executed: once, on any thread, and not within this call.</summary>
    /// <param name="run">A cell. It is not handed over again before it runs.</param>
    /// <param name="preferLocal">Whether it had better run on this thread, whose cache has its message.</param>
    public abstract void Schedule(IThreadPoolWorkItem run, bool preferLocal);
}
