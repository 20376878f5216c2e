using Diabetes.Features;
using Diabetes.Hosting;

return await NodeHost.RunAsync(FeaturesNode.Recipe, args);
