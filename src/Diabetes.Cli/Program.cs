using System.CommandLine;
using Diabetes.Cli.Verbs;

var root = new RootCommand("Train models, and verify, export and mend what the nodes of Diabetes.Actors wrote.")
{
    TrainVerb.Create(), DeadVerb.Create(), VerifyVerb.Create(), ExportVerb.Create(),
};
return await root.Parse(args).InvokeAsync();
