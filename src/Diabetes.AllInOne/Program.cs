using Diabetes.AllInOne;
using Diabetes.Hosting;

return await NodeHost.RunAsync(new AllInOneNode(), args);
