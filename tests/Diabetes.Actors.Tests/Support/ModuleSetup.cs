using System.Runtime.CompilerServices;

namespace Diabetes.Actors.Tests;

internal static class ModuleSetup
{
    /// <summary>Some tests block a thread of the pool on purpose; on a small machine the pool would take half a second to make up for each.</summary>
    [ModuleInitializer]
    internal static void GiveThePoolThreads() => ThreadPool.SetMinThreads(16, 4);
}
