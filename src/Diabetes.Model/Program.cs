using Diabetes.Hosting;
using Diabetes.Model;

return await NodeHost.RunAsync(new ModelNode(), args);
