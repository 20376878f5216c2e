using System.CommandLine;
using Diabetes.Cli;
using Diabetes.Cli.Verbs;

var root = new RootCommand("Train models, and verify, export and mend what the nodes of Diabetes.Actors wrote.")
{
    TrainVerb.Create(), DeadVerb.Create(), VerifyVerb.Create(), ExportVerb.Create(),
};
// The library prints the arguments that it does not know.
var configuration = new InvocationConfiguration { Error = new LineWriter(Console.Error, masks: true) };
return await root.Parse(args).InvokeAsync(configuration);
