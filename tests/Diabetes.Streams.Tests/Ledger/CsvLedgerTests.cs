namespace Diabetes.Streams.Tests;

public sealed class CsvLedgerTests : LedgerTestBase
{
    [Fact]
    public async Task Open_NothingThere_BeginsWithTheHeader()
    {
        await using var ledger = Open();

        Assert.Equal(Header, Content);
        Assert.Equal(0, ledger.Count);
        Assert.Equal(1, Log.Count(1020));
    }

    [Fact]
    public async Task Append_Rows_AreWhatPythonWouldHaveWritten()
    {
        await using var ledger = Open();

        await ledger.AppendAsync(new[] { new LedgerRow("1730027639.447099", 295.0, 206.11667725, 88.88332275) }, None);

        Assert.Equal(Header + "1730027639.447099,295.0,206.11667725,88.88332275\n", Content);
    }

    [Fact]
    public async Task Append_NoRows_TouchesNothing()
    {
        await using var ledger = Open();

        await ledger.AppendAsync(ReadOnlyMemory<LedgerRow>.Empty, None);

        Assert.Equal(Header, Content);
    }

    [Fact]
    public async Task Append_OtherColumnNameAndDelimiter_AreUsed()
    {
        await using var ledger = Open(Options with { ErrorColumn = "error", Delimiter = ';' });

        await ledger.AppendAsync(new[] { new LedgerRow("a;b", 1, 2, 1) }, None);

        Assert.Equal("id;y_true;y_pred;error\n\"a;b\";1.0;2.0;1.0\n", Content);
    }

    [Fact]
    public async Task Open_RowsThere_CountsThemAndGoesOn()
    {
        await using (var first = Open())
        {
            await first.AppendAsync(Rows(0, 3), None);
            await first.AppendAsync(Rows(3, 2), None);
            Assert.Equal(5, first.Count);
        }

        await using var second = Open();
        Assert.Equal(5, second.Count);
        await second.AppendAsync(Rows(5, 1), None);
        Assert.Equal(6, second.Count);
        Assert.Equal(Header + Lines(0, 6), Content);
    }

    [Fact]
    public async Task Open_ManyRowsThere_CountsThemAll()
    {
        Put(Header + Lines(0, 50_000));

        await using var ledger = Open();

        Assert.Equal(50_000, ledger.Count);
    }

    [Theory]
    [InlineData("\uFEFFid,y_true,y_pred,absolute_error\n")]
    [InlineData("id,y_true,y_pred,absolute_error\r\n")]
    [InlineData("\"id\",\"y_true\",\"y_pred\",\"absolute_error\"\n")]
    public async Task Open_SameColumnsWrittenByAnother_AreAppendedTo(string header)
    {
        Put(header + "x,1,2,1\n");

        await using var ledger = Open();
        await ledger.AppendAsync(Rows(0, 1), None);

        Assert.Equal(header.TrimStart('\uFEFF') + "x,1,2,1\n" + Line(0), Content);
        Assert.Equal(2, ledger.Count);
    }

    [Theory]
    [InlineData("message_id,y_true,y_pred,absolute_error\n1,2,3,1\n")]
    [InlineData("id;y_true;y_pred;absolute_error\n1;2;3;1\n")]
    [InlineData("id,y_true,y_pred,error\n")]
    [InlineData("1.5,2,3,1\n")]
    [InlineData("not a ledger")]
    [InlineData("id,y_true,y_pred,absolute_error,model\n")]
    public void Open_OtherColumns_SaysWhatIsThereAndWhatToDo(string content)
    {
        Put(content);

        var fault = Assert.Throws<LedgerUnusableException>(() => Open());

        Assert.Contains($"begins with '{content.Split('\n')[0]}'", fault.Message);
        Assert.Contains("Move the file away", fault.Message);
        Assert.Equal(content, Content);
    }

    [Fact]
    public async Task Open_HeldByAnother_SaysSoUntilItIsFree()
    {
        await using (Open())
        {
            var fault = Assert.Throws<LedgerUnusableException>(() => Open());
            Assert.Contains("written by another process", fault.Message);
            Assert.Contains("logs.path", fault.Message);
        }

        await using var again = Open();
    }

    [Fact]
    public async Task Open_RefusedForItsColumns_LeavesNoLockBehind()
    {
        Put("foreign\n");
        Assert.Throws<LedgerUnusableException>(() => Open());
        File.Delete(LedgerPath);

        await Open().DisposeAsync();
    }

    [Fact]
    public async Task Append_FileGrownByAnother_IsRefused()
    {
        await using var ledger = Open();
        File.AppendAllText(LedgerPath, "1,2,3,1\n");

        var fault = await Assert.ThrowsAsync<IOException>(async () => await ledger.AppendAsync(Rows(0, 1), None));

        Assert.Contains("another program writes it too", fault.Message);
        Assert.Equal(Header + "1,2,3,1\n", Content);
    }

    [Fact]
    public async Task Append_FileTakenAway_GoesToANewOne()
    {
        await using var ledger = Open();
        await ledger.AppendAsync(Rows(0, 3), None);
        File.Delete(LedgerPath);

        await ledger.AppendAsync(Rows(3, 1), None);

        Assert.Equal(Header + Line(3), Content);
        Assert.Equal(1, ledger.Count);
        Assert.Equal(1, Log.Count(1025));
    }

    [Fact]
    public async Task Append_FileEmptied_BeginsWithTheHeaderAgain()
    {
        await using var ledger = Open();
        await ledger.AppendAsync(Rows(0, 3), None);
        File.WriteAllText(LedgerPath, "");

        await ledger.AppendAsync(Rows(3, 1), None);

        Assert.Equal(Header + Line(3), Content);
    }

    [Fact]
    public async Task Append_AfterClose_IsRefused()
    {
        var ledger = Open();
        await ledger.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await ledger.AppendAsync(Rows(0, 1), None));
    }

    [Theory]
    [InlineData('"')]
    [InlineData('\n')]
    [InlineData('\u20AC')]
    public void Open_DelimiterThatCannotBe_IsRefused(char delimiter)
    {
        Assert.Throws<ArgumentException>(() => Open(Options with { Delimiter = delimiter }));
    }
}
