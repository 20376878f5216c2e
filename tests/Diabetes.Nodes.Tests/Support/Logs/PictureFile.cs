using System.Buffers.Binary;
using System.Xml.Linq;

namespace Diabetes.Nodes.Tests.Support.Logs;

/// <summary>What the plot draws.</summary>
internal static class PictureFile
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The size in the header of a PNG, which ends as a PNG does.</summary>
    public static (int Width, int Height) SizeOf(string path)
    {
        var bytes = File.ReadAllBytes(path);
        Assert.True(bytes.AsSpan().StartsWith(Signature), $"{path} is no PNG: it begins with {Convert.ToHexString(bytes.AsSpan(0, 8))}.");
        Assert.True(bytes.AsSpan(0, bytes.Length - 4).EndsWith("IEND"u8), $"{path} is torn.");
        return (BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20)));
    }

    /// <summary>Reads all the text in an SVG, separated by spaces.</summary>
    public static string TextOf(string path) => string.Join(' ', XDocument.Load(path)
        .Descendants()
        .Where(element => element.Name.LocalName == "text")
        .Select(element => element.Value));
}
