using System.Buffers;

namespace Diabetes.Actors;

/// <summary>The characters of actor names: those given by hand and those made by counting.</summary>
internal static class PathSymbols
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private const string Digits = Letters + "+~";

    public static readonly SearchValues<char> Valid = SearchValues.Create(Letters + "-_.*$+:@&=,!~';()");

    /// <summary>The name of the <paramref name="number"/>th child that was given none: <c>$a</c>, <c>$b</c>, … lowest digit first.</summary>
    public static string Anonymous(long number)
    {
        Span<char> name = stackalloc char[12];
        name[0] = '$';
        var length = 1;
        do
        {
            name[length++] = Digits[(int)(number & 63)];
            number >>= 6;
        }
        while (number != 0);
        return new string(name[..length]);
    }
}
