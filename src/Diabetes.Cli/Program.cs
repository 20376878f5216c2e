using System.CommandLine;
using Diabetes.Cli.Verbs;

var root = new RootCommand("Tools for Diabetes.Actors.") { TrainVerb.Create(), DeadVerb.Create(), VerifyVerb.Create(), ExportVerb.Create() };
return await root.Parse(args).InvokeAsync();
