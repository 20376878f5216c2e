using System.Text;
using Diabetes.Domain.Ids;
using Diabetes.Domain.Joining;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Diabetes.Domain.Tests.Joining;

public class PairKeyTests
{
    private static readonly string[] Tokens =
        ["1", "1.0", "17", "17.5", "-0", "1e3", "1e-7", "1e300", "123456789012345678901234567890", "1730027639.4470990", "\"1\"",
        "\"17.50\"", "\"a\"", "\"a@b\"", "\"a\\\"@b\"", "\"\\u00e9\"", "\"1E3\""];

    private static readonly Gen<PairKey> Keys =
        from text in Gen.Elements("", "\"", "@", "a", "\"@", "1", "b").ArrayOf().Resize(5)
        from number in Gen.Choose(0, 3)
        from isNumber in Gen.Elements(true, false)
        from model in Gen.Elements(null, "a", "@", "b@a", "1")
        select new PairKey(isNumber ? JoinKey.Of(number) : JoinKey.Of(string.Concat(text)), model);

    [Fact]
    public void ToString_OfDifferentKeys_Differs() => Prop.ForAll(Keys.Two().ToArbitrary(), keys =>
        Assert.Equal(keys.Item1 == keys.Item2, keys.Item1.ToString() == keys.Item2.ToString()))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Candidates_OfARowsId_HaveTheKeyItHad(bool unify)
    {
        foreach (var models in new[] { ExpectedModels.Anyone, ExpectedModels.Of(["a", "b"]) })
        {
            foreach (var token in Tokens)
            {
                Assert.True(ObservationId.TryParse(Encoding.UTF8.GetBytes(token), unify, out var id));
                var candidates = models.Candidates(id.ToString(), unify).ToArray();

                Assert.Contains(id.Key, candidates.Select(key => key.Id));
                Assert.Equal(candidates.Length, candidates.Distinct().Count());
                Assert.Equal(models.Count, candidates.Count(key => key.Id == id.Key));
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Restore_OfAKeyAndItsText_IsTheIdAgain(bool unify)
    {
        foreach (var token in Tokens)
        {
            Assert.True(ObservationId.TryParse(Encoding.UTF8.GetBytes(token), unify, out var id));
            var restored = ObservationId.Restore(id.Key, id.ToString());

            Assert.Equal((id.Key, id.ToString()), (restored.Key, restored.ToString()));
            Assert.True(ObservationId.TryParse(Encoding.UTF8.GetBytes(restored.Token), unify, out var read));
            Assert.Equal(id.Key, read.Key);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\"b")]
    [InlineData("a\nb")]
    public void Of_NameThatCannotBe_Throws(string name) => Assert.Throws<ArgumentException>(() => ExpectedModels.Of([name]));

    [Fact]
    public void Of_NameTwice_Throws() => Assert.Throws<ArgumentException>(() => ExpectedModels.Of(["a", "a"]));

    [Fact]
    public void Of_NoNames_IsAnyone() => Assert.Same(ExpectedModels.Anyone, ExpectedModels.Of([]));
}
