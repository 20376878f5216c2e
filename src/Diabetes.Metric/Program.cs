using Diabetes.Hosting;
using Diabetes.Metric;

return await NodeHost.RunAsync(new MetricNode(), args);
