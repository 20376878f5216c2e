using Diabetes.Hosting.Configuration;

namespace Diabetes.Nodes.Tests.Hosting.Configuration;

public sealed class WrongTypeTests : IDisposable
{
    private static readonly Setting<double> Rate = Setting.Number("features.rate", 0, 1_000_000);

    private readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("fast", "= \"fast\"")]
    [InlineData("\"\"", "= \"\"")]
    [InlineData("null", "= null")]
    [InlineData("[1]", "is a list")]
    [InlineData("true", "= \"true\"")]
    public void Check_NoNumber_NamesPlaceKeyValueAndExpectation(string value, string shown)
    {
        _folder["features.conf"] = $"features {{\n  rate = {value}\n}}";

        Assert.Equal(
            [$"{_folder.At("features.conf")}:2: features.rate {shown}; expected a number from 0 to 1000000"],
            _folder.Problems("features", [Rate]));
    }

    [Fact]
    public void Check_WrongVariable_IsNamed()
    {
        _folder.Environment["DIABETES__FEATURES__RATE"] = "fast";

        Assert.Equal(
            ["environment variable DIABETES__FEATURES__RATE: features.rate = \"fast\"; expected a number from 0 to 1000000"],
            _folder.Problems("features", [Rate]));
    }

    [Fact]
    public void Check_WrongOption_IsNamed() => Assert.Equal(
        ["option --rate: features.rate = \"fast\"; expected a number from 0 to 1000000"],
        _folder.Problems("features", [Rate], "--rate", "fast"));

    [Fact]
    public void Check_WrongSet_IsNamed() => Assert.Equal(
        ["option --set features.rate: features.rate = \"fast\"; expected a number from 0 to 1000000"],
        _folder.Problems("features", [Rate], "--set", "features.rate=fast"));

    [Fact]
    public void Check_WrongSubstitution_LeadsToTheLineThatChoseIt()
    {
        _folder["features.conf"] = "\nfeatures.rate = ${queues.features.name}";

        Assert.Equal(
            [$"{_folder.At("features.conf")}:2: features.rate = \"features\"; expected a number from 0 to 1000000"],
            _folder.Problems("features", [Rate]));
    }

    [Fact]
    public void Check_WrongVariableInAFile_NamesBoth()
    {
        _folder["features.conf"] = "features.rate = ${?MY_RATE}";
        _folder.Environment["MY_RATE"] = "fast";

        Assert.Equal(
            [
                $"environment variable MY_RATE, read at {_folder.At("features.conf")}:1: features.rate = \"fast\"; "
                + "expected a number from 0 to 1000000",
            ],
            _folder.Problems("features", [Rate]));
    }

    [Fact]
    public void Check_SettingsOfEveryNode_AreAlwaysChecked()
    {
        _folder.Environment["DIABETES__WIRE__UNIFY_IDS"] = "maybe";

        Assert.Equal(
            ["environment variable DIABETES__WIRE__UNIFY_IDS: wire.unify-ids = \"maybe\"; expected true or false"],
            _folder.Problems("features", []));
    }

    [Theory]
    [InlineData("http://broker")]
    [InlineData("localhost:5672")]
    [InlineData("amqp://")]
    public void Check_UriOfAnotherKind_IsRefused(string uri) => Assert.Equal(
        [$"option --amqp: amqp.uri = \"{uri}\"; expected a URI such as amqp://host:5672/vhost, or amqps://.. for TLS"],
        _folder.Problems("features", [], "--amqp", uri));

    [Fact]
    public void Check_UriWithPassword_IsMasked()
    {
        var problem = Assert.Single(_folder.Problems("features", [], "--amqp", "https://me:my@secret:@host/vhost"));

        Assert.Contains("\"https://me:***@host/vhost\"", problem);
        Assert.DoesNotContain("secret", problem);
    }

    [Fact]
    public void Check_ValueOfManyLines_IsShownOnOne()
    {
        _folder["features.conf"] = "features.rate = \"\"\"1\n2\"\"\"" + new string('x', 1000);

        Assert.Equal(
            [$"{_folder.At("features.conf")}:1: features.rate = \"1\\n2{new string('x', 197)}..\"; expected a number from 0 to 1000000"],
            _folder.Problems("features", [Rate]));
    }

    [Fact]
    public void Check_SeveralValues_NamesThemAllAtOnce()
    {
        _folder["features.conf"] = "features.rate = fast\nwire.max-size = big\nunknown = 1";

        Assert.Equal(
            [
                $"{_folder.At("features.conf")}:3: there is no key unknown; hocon/reference.conf lists every key",
                $"{_folder.At("features.conf")}:2: wire.max-size = \"big\"; expected a size (512B, 64KiB, 1MB) from 64B to 16MiB",
                $"{_folder.At("features.conf")}:1: features.rate = \"fast\"; expected a number from 0 to 1000000",
            ],
            _folder.Problems("features", [Rate]));
    }

    [Fact]
    public void Get_WrongValue_FailsLikeTheCheck()
    {
        var settings = _folder.Load("features", "--rate", "fast");

        Assert.Equal(
            "option --rate: features.rate = \"fast\"; expected a number from 0 to 1000000",
            Assert.Throws<SettingsException>(() => settings.Get(Rate)).Message);
    }

    [Fact]
    public void Get_KeyThatNobodyWrote_SaysSo() => Assert.Equal(
        "features.speed has no value; expected a text without control characters",
        Assert.Throws<SettingsException>(() => _folder.Load("features").Get(Setting.Text("features.speed"))).Message);
}
