using System.Globalization;

namespace Diabetes.Bench.Pipeline;

/// <param name="Only">The parts to run; all where there is none.</param>
/// <param name="Against">Another checkout, or null.</param>
/// <param name="Times">Rounds of each.</param>
/// <param name="Rows">Of a run of the all-in-one; a quarter of it over RabbitMQ.</param>
internal sealed record PipelineOptions(IReadOnlyList<string> Only, string? Against, int Times, int Rows)
{
    /// <summary>Reads the command line; null where it is wrong.</summary>
    public static PipelineOptions? Parse(string[] options)
    {
        var parsed = new PipelineOptions([], null, 5, 200_000);
        for (var i = 0; i < options.Length; i++)
        {
            var value = i + 1 < options.Length ? options[i + 1] : null;
            switch (options[i], value)
            {
                case ("--against", { } folder):
                    parsed = parsed with { Against = Path.GetFullPath(folder) };
                    i++;
                    break;
                case ("--rounds", { } number) when int.TryParse(number, CultureInfo.InvariantCulture, out var times):
                    parsed = parsed with { Times = times };
                    i++;
                    break;
                case ("--rows", { } number) when int.TryParse(number, CultureInfo.InvariantCulture, out var rows):
                    parsed = parsed with { Rows = rows };
                    i++;
                    break;
                case ("all-in-one" or "classic" or "quorum" or "latency", _):
                    parsed = parsed with { Only = [.. parsed.Only, options[i]] };
                    break;
                default:
                    return null;
            }
        }

        return parsed;
    }

    public bool Runs(string part) => Only.Count == 0 || Only.Contains(part);
}
