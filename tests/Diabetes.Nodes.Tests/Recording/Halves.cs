using System.Text;
using Diabetes.Domain;
using Half = Diabetes.Domain.Half;

namespace Diabetes.Nodes.Tests.Recording;

/// <summary>Makes halves for tests.</summary>
internal static class Halves
{
    public static Decoded<Half> Read(Side side, string json)
    {
        var codec = new WireCodec(new WireOptions());
        var body = Encoding.UTF8.GetBytes(json);
        return side == Side.YTrue ? codec.ReadYTrue(body) : codec.ReadYPred(body);
    }

    public static Decoded<Half> Of(long id, Side side, double value) => Read(side, $$"""{"id":{{id}},"body":{{PythonFloat.Format(value)}}}""");
}
