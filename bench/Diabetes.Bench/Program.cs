using Diabetes.Bench.Amqp;
using Diabetes.Bench.Joins;
using Diabetes.Bench.Metric;
using Diabetes.Bench.Pipeline;

return args switch
{
    ["amqp", .. var only] => await AmqpBench.RunAsync(only),
    ["joins", .. var only] => await JoinsBench.RunAsync(only),
    ["metric", .. var only] => await MetricBench.RunAsync(only),
    ["pipeline", .. var options] when PipelineOptions.Parse(options) is { } parsed => await PipelineBench.RunAsync(parsed),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        usage: dotnet run -c Release --project bench/Diabetes.Bench -- WHAT
          amqp [broker | costs]
          joins [spill | ledger | restart]
          metric [offer | correlators]
          pipeline [all-in-one | classic | quorum | latency]... [--against DIR] [--rounds N] [--rows N]
        DIR is another checkout, built in Release, which is run in turns with this one.
        """);
    return 2;
}
