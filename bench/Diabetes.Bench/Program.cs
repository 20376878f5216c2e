using Diabetes.Bench.Kernel;

return args switch
{
    ["kernel", .. var only] => KernelBench.Run(only),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: dotnet run -c Release --project bench/Diabetes.Bench -- kernel [part of a benchmark's name ...]");
    return 2;
}
