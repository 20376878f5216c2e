using Diabetes.Domain.Ids;
using Diabetes.Domain.Joining;
using Xunit;

namespace Diabetes.Domain.Tests.Joining;

public class ExpectedModelsTests
{
    [Fact]
    public void Of_NameTwice_NamesAll()
    {
        var fault = Assert.Throws<ArgumentException>(() => ExpectedModels.Of(["champion", "other", "champion"]));

        Assert.Contains("twice: champion, other, champion", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_NameWithAQuote_NamesIt()
    {
        var fault = Assert.Throws<ArgumentException>(() => ExpectedModels.Of(["a\"b"]));

        Assert.Contains("a\"b", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Candidates_TextWithQuotesOfItsOwn_IsAStringAndNoNumber(bool unify)
    {
        var candidate = Assert.Single(ExpectedModels.Anyone.Candidates("\"17\"", unify));

        Assert.Equal(JoinKey.Of("\"17\""), candidate.Id);
    }
}
