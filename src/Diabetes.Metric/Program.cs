using Diabetes.Hosting;
using Diabetes.Metric;

return await NodeHost.RunAsync(MetricNode.Recipe, args);
