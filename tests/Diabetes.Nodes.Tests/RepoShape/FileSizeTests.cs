namespace Diabetes.Nodes.Tests.RepoShape;

public sealed class FileSizeTests
{
    private const int Longest = 400;
    private const int Median = 60;

    [Fact]
    public void Sources_NoFile_IsLong() => Assert.Empty(TooLong(Repo.CSharp));

    [Fact]
    public void Sources_HalfTheFiles_AreShort() => Assert.InRange(MedianOf(Repo.CSharp), 1, Median);

    [Fact]
    public void TooLong_LineMore_IsFound()
    {
        Assert.Empty(TooLong([Of(400)]));
        Assert.Equal(["src/P/A.cs has 401 lines"], TooLong([Of(401)]));
    }

    [Fact]
    public void MedianOf_Files_IsTheMiddleOne() => Assert.Equal(3, MedianOf([Of(1), Of(400), Of(3)]));

    private static IEnumerable<string> TooLong(IEnumerable<SourceFile> files) =>
        files.Where(file => file.Lines > Longest).Select(file => $"{file.Path} has {file.Lines} lines");

    private static int MedianOf(IEnumerable<SourceFile> files) => files.Select(file => file.Lines).Order().ToArray() is var lines ? lines[lines.Length / 2] : 0;

    private static SourceFile Of(int lines) => new("src/P/A.cs", string.Concat(Enumerable.Repeat("\n", lines)));
}
