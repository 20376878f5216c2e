using Diabetes.Hosting.Configuration;

namespace Diabetes.Nodes.Tests.Hosting.Configuration;

public sealed class PrecedenceTests : IDisposable
{
    private static readonly Setting<double> Rate = Setting.Number("features.rate");
    private static readonly Setting<string> Seed = Setting.Text("features.seed");

    private readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_EveryLayer_GoesOverTheOneBefore()
    {
        Assert.Equal(1, _folder.Load("features").Get(Rate));

        _folder["features.conf"] = "features.rate = 2";
        Assert.Equal(2, _folder.Load("features").Get(Rate));

        _folder["mine.conf"] = "features.rate = 3";
        string[] config = ["--config", _folder.At("mine.conf")];
        Assert.Equal(3, _folder.Load("features", config).Get(Rate));

        _folder.Environment["DIABETES__FEATURES__RATE"] = "4";
        Assert.Equal(4, _folder.Load("features", config).Get(Rate));

        Assert.Equal(5, _folder.Load("features", [.. config, "--rate", "5"]).Get(Rate));
        Assert.Equal(6, _folder.Load("features", [.. config, "--rate", "5", "--set", "features.rate=6"]).Get(Rate));
    }

    [Fact]
    public void Load_NodeFile_IsThatOfTheNode()
    {
        _folder["model.conf"] = "features.rate = 2";

        Assert.Equal(1, _folder.Load("features").Get(Rate));
        Assert.Equal(2, _folder.Load("model").Get(Rate));
    }

    [Fact]
    public void Load_VariableInAFile_IsReadAndOverridden()
    {
        _folder["features.conf"] = "features.seed = ${?MY_SEED}";
        Assert.Equal("random", _folder.Load("features").Get(Seed));

        _folder.Environment["MY_SEED"] = "7";
        Assert.Equal("7", _folder.Load("features").Get(Seed));

        _folder.Environment["DIABETES__FEATURES__SEED"] = "8";
        Assert.Equal("8", _folder.Load("features").Get(Seed));
    }

    [Fact]
    public void Load_Substitution_SeesTheLayersAboveIt()
    {
        _folder["features.conf"] = "features.seed = \"of \"${features.rate}";

        Assert.Equal("of 9", _folder.Load("features", "--rate", "9").Get(Seed));
    }

    [Theory]
    [InlineData("DIABETES__FEATURES__LABEL_DELAY", "features.label-delay")]
    [InlineData("diabetes__features__label_delay", "features.label-delay")]
    [InlineData("DIABETES__QUEUES__Y_TRUE__NAME", "queues.y-true.name")]
    [InlineData("DIABETES__DRAIN_TIMEOUT", "drain-timeout")]
    public void Load_Variable_SetsItsKey(string variable, string path)
    {
        _folder.Environment[variable] = "set";

        Assert.Equal("set", _folder.Load("features").Get(Setting.Text(path)));
    }

    [Fact]
    public void Load_OtherVariables_AreLeftAlone()
    {
        _folder.Environment["DIABETES_HOME"] = "x";
        _folder.Environment["FEATURES__RATE"] = "x";

        Assert.Equal(1, _folder.Load("features").Get(Rate));
    }

    [Fact]
    public void Load_FileWithInclude_FindsItBesideTheFile()
    {
        _folder["features.conf"] = "include required(file(\"shared.conf\"))";
        _folder["shared.conf"] = "features.rate = 2";

        Assert.Equal(2, _folder.Load("features").Get(Rate));
    }
}
