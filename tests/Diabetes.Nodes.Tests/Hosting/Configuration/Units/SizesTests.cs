using Diabetes.Hosting.Configuration.Units;

namespace Diabetes.Nodes.Tests.Hosting.Configuration.Units;

public sealed class SizesTests
{
    [Theory]
    [InlineData(1L, "", "B", "b", "byte", "bytes")]
    [InlineData(1_000L, "kB", "kilobyte", "kilobytes")]
    [InlineData(1_000_000L, "MB", "megabyte", "megabytes")]
    [InlineData(1_000_000_000L, "GB", "gigabyte", "gigabytes")]
    [InlineData(1_000_000_000_000L, "TB", "terabyte", "terabytes")]
    [InlineData(1_000_000_000_000_000L, "PB", "petabyte", "petabytes")]
    [InlineData(1_000_000_000_000_000_000L, "EB", "exabyte", "exabytes")]
    [InlineData(1L << 10, "K", "k", "Ki", "KiB", "kibibyte", "kibibytes")]
    [InlineData(1L << 20, "M", "m", "Mi", "MiB", "mebibyte", "mebibytes")]
    [InlineData(1L << 30, "G", "g", "Gi", "GiB", "gibibyte", "gibibytes")]
    [InlineData(1L << 40, "T", "t", "Ti", "TiB", "tebibyte", "tebibytes")]
    [InlineData(1L << 50, "P", "p", "Pi", "PiB", "pebibyte", "pebibytes")]
    [InlineData(1L << 60, "E", "e", "Ei", "EiB", "exbibyte", "exbibytes")]
    public void TryParse_EveryUnit_IsKnown(long bytes, params string[] names)
    {
        foreach (var name in names)
        {
            Assert.True(Sizes.TryParse($"3 {name}", out var value), name);
            Assert.Equal(3 * bytes, value);
        }
    }

    [Theory]
    [InlineData("ZB", "zettabyte", "zettabytes", "Z", "z", "Zi", "ZiB", "zebibyte", "zebibytes")]
    [InlineData("YB", "yottabyte", "yottabytes", "Y", "y", "Yi", "YiB", "yobibyte", "yobibytes")]
    public void TryParse_MoreThanFits_IsKnownAndRefused(params string[] names)
    {
        foreach (var name in names)
        {
            Assert.False(Sizes.TryParse($"1 {name}", out _), name);
            Assert.True(Sizes.TryParse($"0 {name}", out var none), name);
            Assert.Equal(0, none);
        }
    }

    [Theory]
    [InlineData("64KiB", 65_536)]
    [InlineData("64 kB", 64_000)]
    [InlineData("1.5k", 1_536)]
    [InlineData("0.5b", 0)]
    [InlineData(" 100 ", 100)]
    public void TryParse_Size_IsRead(string text, long bytes)
    {
        Assert.True(Sizes.TryParse(text, out var value));
        Assert.Equal(bytes, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("KB")]
    [InlineData("1 KB")]
    [InlineData("1 kb")]
    [InlineData("1 Mb")]
    [InlineData("1 mB")]
    [InlineData("1 Bytes")]
    [InlineData("1 kib")]
    [InlineData("9 EiB")]
    public void TryParse_AnythingElse_IsRefused(string text) => Assert.False(Sizes.TryParse(text, out _));

    [Theory]
    [InlineData("0B", 0)]
    [InlineData("100B", 100)]
    [InlineData("64KiB", 65_536)]
    [InlineData("16MiB", 16 << 20)]
    [InlineData("1000B", 1_000)]
    public void Format_Size_IsAsShortAsCanBe(string text, long bytes) => Assert.Equal(text, Sizes.Format(bytes));
}
