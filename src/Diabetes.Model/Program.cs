using Diabetes.Hosting;
using Diabetes.Model;

return await NodeHost.RunAsync(ModelNode.Recipe, args);
