using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Diabetes.Nodes.Tests.Nodes.Plot;

/// <summary>Decodes a PNG with eight bits per channel to its pixels, independently of cairo.</summary>
internal sealed class PngImage
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    private readonly byte[] _pixels;

    private PngImage(int width, int height, int channels, byte[] pixels) =>
        (Width, Height, Channels, _pixels) = (width, height, channels, pixels);

    public int Width { get; }

    public int Height { get; }

    public int Channels { get; }

    public int Colours => Enumerable.Range(0, Width * Height).Select(pixel => At(pixel)).Distinct().Count();

    /// <exception cref="InvalidDataException">The bytes are not a PNG, or are cut off.</exception>
    public static PngImage Read(byte[] file)
    {
        if (!file.AsSpan().StartsWith(Signature))
        {
            throw new InvalidDataException("No PNG signature.");
        }

        var (width, height, channels, ended) = (0, 0, 0, false);
        using var packed = new MemoryStream();
        for (var at = Signature.Length; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            var data = file.AsSpan(at + 8, length);
            switch (Encoding.ASCII.GetString(file, at + 4, 4))
            {
                case "IHDR":
                    (width, height) = (BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data[4..]));
                    channels = (data[8], data[9]) switch
                    {
                        (8, 2) => 3,
                        (8, 6) => 4,
                        _ => throw new InvalidDataException("Not 8 bits of RGB or RGBA."),
                    };
                    break;
                case "IDAT":
                    packed.Write(data);
                    break;
                case "IEND":
                    ended = true;
                    break;
            }
            at += length + 12;
        }
        if (!ended)
        {
            throw new InvalidDataException("The file ends early.");
        }

        packed.Position = 0;
        using var inflated = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionMode.Decompress))
        {
            zlib.CopyTo(inflated);
        }

        return new PngImage(width, height, channels, Unfilter(inflated.ToArray(), width, height, channels));
    }

    /// <summary>Returns the colour of a pixel as 0xRRGGBB.</summary>
    public int At(int x, int y) => At((y * Width) + x);

    private int At(int pixel) =>
        (_pixels[pixel * Channels] << 16) | (_pixels[(pixel * Channels) + 1] << 8) | _pixels[(pixel * Channels) + 2];

    private static byte[] Unfilter(byte[] filtered, int width, int height, int channels)
    {
        var stride = width * channels;
        if (filtered.Length != height * (stride + 1))
        {
            throw new InvalidDataException($"{filtered.Length} bytes are not {width} × {height} pixels.");
        }

        var pixels = new byte[height * stride];
        for (var y = 0; y < height; y++)
        {
            var filter = filtered[y * (stride + 1)];
            for (var x = 0; x < stride; x++)
            {
                var a = x >= channels ? pixels[(y * stride) + x - channels] : 0;
                var b = y > 0 ? pixels[((y - 1) * stride) + x] : 0;
                var c = x >= channels && y > 0 ? pixels[((y - 1) * stride) + x - channels] : 0;
                var predicted = filter switch
                {
                    0 => 0,
                    1 => a,
                    2 => b,
                    3 => (a + b) / 2,
                    4 => Paeth(a, b, c),
                    _ => throw new InvalidDataException("No such filter."),
                };
                pixels[(y * stride) + x] = (byte)(filtered[(y * (stride + 1)) + 1 + x] + predicted);
            }
        }
        return pixels;
    }

    private static int Paeth(int a, int b, int c)
    {
        var (toA, toB, toC) = (Math.Abs(b - c), Math.Abs(a - c), Math.Abs(a + b - c - c));
        return toA <= toB && toA <= toC ? a : toB <= toC ? b : c;
    }
}
