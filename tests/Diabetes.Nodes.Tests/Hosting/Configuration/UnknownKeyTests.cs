using Diabetes.Hosting.Configuration;

namespace Diabetes.Nodes.Tests.Hosting.Configuration;

public sealed class UnknownKeyTests : IDisposable
{
    private readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Check_TypoInFile_NamesPlaceAndNearestKey()
    {
        _folder["features.conf"] = "\nfeatures.raet = 1";

        Assert.Equal(
            [$"{_folder.At("features.conf")}:2: there is no key features.raet; did you mean features.rate?"],
            _folder.Problems("features", []));
    }

    [Fact]
    public void Check_KeyInTheWrongSection_NamesTheRightOne()
    {
        _folder["features.conf"] = "label-delay = 1s";

        Assert.Equal(
            [$"{_folder.At("features.conf")}:1: there is no key label-delay; did you mean features.label-delay?"],
            _folder.Problems("features", []));
    }

    [Fact]
    public void Check_NothingNear_NamesTheReference()
    {
        _folder["features.conf"] = "colour-of-the-sky { at-noon = blue }";

        Assert.Equal(
            [$"{_folder.At("features.conf")}:1: there is no key colour-of-the-sky; hocon/reference.conf lists every key"],
            _folder.Problems("features", []));
    }

    [Fact]
    public void Check_OtherCase_IsAnotherKey()
    {
        _folder["features.conf"] = "Features.Rate = 1";

        Assert.Equal(
            [$"{_folder.At("features.conf")}:1: there is no key Features; did you mean features?"],
            _folder.Problems("features", []));
    }

    [Fact]
    public void Check_UnknownVariable_NamesTheNearestVariable()
    {
        _folder.Environment["DIABETES__FEATURES__LABELDELAY"] = "1s";

        Assert.Equal(
            ["environment variable DIABETES__FEATURES__LABELDELAY: there is no key features.labeldelay; "
             + "did you mean features.label-delay (DIABETES__FEATURES__LABEL_DELAY)?"],
            _folder.Problems("features", []));
    }

    [Theory]
    [InlineData("DIABETES__", "\"\"")]
    [InlineData("DIABETES__FEATURES__", "features.\"\"")]
    public void Check_VariableWithoutKey_IsUnknown(string variable, string path)
    {
        _folder.Environment[variable] = "1";

        Assert.StartsWith($"environment variable {variable}: there is no key {path}; ", Assert.Single(_folder.Problems("features", [])));
    }

    [Fact]
    public void Check_UnknownKeyOfSet_NamesTheOption() => Assert.Equal(
        ["option --set plot.intervall: there is no key plot.intervall; did you mean plot.interval?"],
        _folder.Problems("plot", [], "--set", "plot.intervall=1s"));

    [Fact]
    public void Check_ValueForASection_NamesItsKeys()
    {
        _folder["features.conf"] = "wire = big";

        Assert.Equal(
            [$"{_folder.At("features.conf")}:1: wire is a section, not a value; its keys are max-size, unify-ids"],
            _folder.Problems("features", []));
    }

    [Fact]
    public void Check_SectionForAValue_NamesItsFirstLine()
    {
        _folder["features.conf"] = "logs.path {\n folder = logs\n}";

        Assert.Equal(
            [$"{_folder.At("features.conf")}:2: logs.path is a value, not a section"],
            _folder.Problems("features", []));
    }

    [Fact]
    public void Check_SeveralPlaces_NamesThemAll()
    {
        _folder["features.conf"] = "a = 1, features.b = 2";
        _folder.Environment["DIABETES__C"] = "3";

        Assert.Equal(3, _folder.Problems("features", [], "--set", "amqp.prefetch=1").Count);
    }

    [Fact]
    public void Check_KeysBelowAkka_AreAkkasToKnow()
    {
        _folder["features.conf"] = "akka { no-such { key = 1 } }";

        _folder.Check("features");
    }

    [Fact]
    public void Check_UnknownKeyOfADispatcher_NamesTheNearest()
    {
        _folder["features.conf"] = "diabetes.ledger-dispatcher.troughput = 1";

        Assert.Equal(
            [
                $"{_folder.At("features.conf")}:1: there is no key diabetes.ledger-dispatcher.troughput; "
                + "did you mean diabetes.ledger-dispatcher.throughput?",
            ],
            _folder.Problems("features", []));
    }

    [Fact]
    public void Get_WithoutCheck_FailsAllTheSame()
    {
        _folder["features.conf"] = "a = 1";

        Assert.Throws<SettingsException>(() => _folder.Load("features").Get(NodeSettings.LogsPath));
    }
}
