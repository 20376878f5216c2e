using Diabetes.AllInOne;
using Diabetes.Hosting;

return await NodeHost.RunAsync(AllInOneNode.Recipe, args);
