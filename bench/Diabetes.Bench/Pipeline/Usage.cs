using System.Globalization;

namespace Diabetes.Bench.Pipeline;

/// <summary>What processes used from their start to their end.</summary>
/// <param name="Seconds">By the wall, until the last row was in the ledger.</param>
/// <param name="Cpu">Processor time of all threads, user and system, in seconds.</param>
/// <param name="Bytes">Allocated.</param>
/// <param name="Pause">Time in which garbage collection held the threads, in seconds.</param>
internal readonly record struct Usage(double Seconds, double Cpu, double Bytes, double Pause)
{
    /// <summary>Reads what a <see cref="StartupHook"/> wrote.</summary>
    public static Usage Read(string file)
    {
        var parts = File.ReadAllText(file).Split(' ').Select(static part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return new Usage(0, parts[0], parts[1], parts[3]);
    }

    public static Usage operator +(Usage one, Usage other) =>
        new(one.Seconds + other.Seconds, one.Cpu + other.Cpu, one.Bytes + other.Bytes, one.Pause + other.Pause);

    public static Usage operator -(Usage one, Usage other) =>
        new(one.Seconds - other.Seconds, one.Cpu - other.Cpu, one.Bytes - other.Bytes, one.Pause - other.Pause);
}
