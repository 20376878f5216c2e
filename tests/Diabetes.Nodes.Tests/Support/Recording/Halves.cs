using System.Text;
using Diabetes.Domain.Joining;
using Diabetes.Domain.Wire;

namespace Diabetes.Nodes.Tests.Support.Recording;

/// <summary>Makes halves for tests.</summary>
internal static class Halves
{
    public static Decoded<PairHalf> Read(PairSide side, string json)
    {
        var codec = new WireCodec(new WireOptions());
        var body = Encoding.UTF8.GetBytes(json);
        return side == PairSide.YTrue ? codec.ReadYTrue(body) : codec.ReadYPred(body);
    }

    public static Decoded<PairHalf> Of(long id, PairSide side, double value) =>
        Read(side, $$"""{"id":{{id}},"body":{{PythonFloat.Format(value)}}}""");
}
