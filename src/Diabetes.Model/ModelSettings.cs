using Diabetes.Hosting;

namespace Diabetes.Model;

/// <summary>The <c>model.*</c> keys.</summary>
public static class ModelSettings
{
    public static readonly Setting<string> File = Setting.Text("model.file");
}
