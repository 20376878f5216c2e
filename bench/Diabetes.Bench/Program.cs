using Diabetes.Bench.Joins;
using Diabetes.Bench.Kernel;
using Diabetes.Bench.Streams;

return args switch
{
    ["joins", .. var only] => await JoinsBench.RunAsync(only),
    ["kernel", .. var only] => KernelBench.Run(only),
    ["streams", .. var only] => await StreamsBench.RunAsync(only),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: dotnet run -c Release --project bench/Diabetes.Bench -- joins [spill | ledger | restart] | kernel [part of a benchmark's name ...] | streams [broker | ledger]");
    return 2;
}
