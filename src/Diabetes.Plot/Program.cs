using Diabetes.Hosting;
using Diabetes.Plot;

return await NodeHost.RunAsync(new PlotNode(), args);
