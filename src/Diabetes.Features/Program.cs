using Diabetes.Features;
using Diabetes.Hosting;

return await NodeHost.RunAsync(new FeaturesNode(), args);
