using Diabetes.Hosting;
using Diabetes.Plot;

return await NodeHost.RunAsync(PlotNode.Recipe, args);
