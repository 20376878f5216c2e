using Diabetes.Domain.Wire;
using Diabetes.Ledger.Datasets;

namespace Diabetes.Ledger.Tests.Datasets;

public class DatasetReaderTests
{
    [Fact]
    public void Read_OfTheDiabetesData_GivesAllOfIt()
    {
        var dataset = Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "diabetes.csv")));

        Assert.Equal(442, dataset.Count);
        Assert.Equal(WireOptions.DiabetesFeatures, dataset.FeatureNames);
        Assert.Equal("target", dataset.TargetName);
        Assert.Equal(0.038075906433423026, dataset.Features(0).Span[0]);
        Assert.Equal(-0.01764612515980379, dataset.Features(0).Span[9]);
        Assert.Equal((151, 57), (dataset.Targets[0], dataset.Targets[441]));
    }

    [Theory]
    [InlineData("a,b,y\n1,2,3\n")]
    [InlineData("a,b,y\r\n1,2,3")]
    [InlineData("\uFEFFa, b ,y\n\n 1,2.0 ,3e0\n\n")]
    [InlineData("\"a\",\"b\",\"y\"\n\"1\",2,3\n")]
    public void Read_OfOtherWaysToWriteIt_GivesTheSame(string text)
    {
        var dataset = Read(text);

        Assert.Equal(["a", "b"], dataset.FeatureNames);
        Assert.Equal([1.0, 2.0], dataset.Features(0).ToArray());
        Assert.Equal([3.0], dataset.Targets.ToArray());
    }

    [Theory]
    [InlineData("", "data.csv is empty; a header with the features' names and the target's was expected.")]
    [InlineData("a,y\n", "data.csv has a header but no rows. Add at least one row.")]
    [InlineData("y\n1\n", "data.csv, line 1: there is only one column; features and a target were expected, separated by commas.")]
    [InlineData("a;y\n1;2\n", "data.csv, line 1: there is only one column; features and a target were expected, separated by commas.")]
    [InlineData("1,2\n3,4\n", "data.csv, line 1: column 1 is the number 1; a header with names was expected.")]
    [InlineData("a,,y\n1,2,3\n", "data.csv, line 1: column 2 has no name.")]
    [InlineData("a,a,y\n1,2,3\n", "data.csv, line 1: two columns are called a.")]
    [InlineData("a,y\n1,2\n1,2,3\n", "data.csv, line 3: the row has 3 cells; 2 were expected.")]
    [InlineData("a,y\n1,2\n\n1\n", "data.csv, line 4: the row has 1 cells; 2 were expected.")]
    [InlineData("a,y\n1,2\nx,2\n", "data.csv, line 3: column a has \"x\" where a finite number was expected.")]
    [InlineData("a,y\n1,\n", "data.csv, line 2: column y has \"\" where a finite number was expected.")]
    [InlineData("a,y\n1,nan\n", "data.csv, line 2: column y has \"nan\" where a finite number was expected.")]
    [InlineData("a,y\n1,1e999\n", "data.csv, line 2: column y has \"1e999\" where a finite number was expected.")]
    public void Read_OfWhatIsNoDataset_SaysWhere(string text, string message) =>
        Assert.Equal(message, Assert.Throws<DatasetException>(() => Read(text)).Message);

    [Fact]
    public void Read_OfAQuoteThatNeverEnds_SaysWhere() =>
        Assert.StartsWith("data.csv, line 2: ", Assert.Throws<DatasetException>(() => Read("a,y\n\"1,2\n3,4\n")).Message,
            StringComparison.Ordinal);

    private static Dataset Read(string text) => DatasetReader.Read(new StringReader(text), "data.csv");
}
