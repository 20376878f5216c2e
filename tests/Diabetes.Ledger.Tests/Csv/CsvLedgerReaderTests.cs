using Diabetes.Ledger.Csv;

namespace Diabetes.Ledger.Tests.Csv;

public sealed class CsvLedgerReaderTests : LedgerTestBase
{
    [Theory]
    [InlineData("id,y_true,y_pred,absolute_error\n1.5,3,1,2\n")]
    [InlineData("id,y_true,y_pred,error\n1.5,3.0,1.0,2.0\n")]
    [InlineData("message_id,y_true,y_pred,absolute_error\n1.5,3,1,2\n")]
    [InlineData("id,actual,predicted,absolute_error\n1.5,3,1,2\n")]
    [InlineData("id;y_true;y_pred;absolute_error\n1.5;3;1;2\n")]
    [InlineData("id\ty_true\ty_pred\tabsolute_error\n1.5\t3\t1\t2\n")]
    [InlineData("id|y_true|y_pred|absolute_error\n1.5|3|1|2\n")]
    [InlineData("\uFEFFid,y_true,y_pred,absolute_error\r\n1.5,3,1,2\r\n")]
    [InlineData("1.5,3,1,2\n")]
    [InlineData("\uFEFF1.5;3;1;2\n")]
    [InlineData("1.5,3,1\n")]
    [InlineData("id,y_true,y_pred,absolute_error\n1.5,3,1,\n")]
    [InlineData("id,y_true,y_pred\n1.5,3,1\n")]
    [InlineData("ID, Y_True , Y_Pred,Absolute_Error\n1.5, 3 , 1,2\n")]
    [InlineData("absolute_error,y_pred,y_true,model,id\n2,1,3,champion,1.5\n")]
    [InlineData("\"id\",\"y_true\",\"y_pred\",\"absolute_error\"\n\"1.5\",\"3\",\"1\",\"2\"\n")]
    [InlineData("id,y_true,y_pred,error\n1.5,3,1,-2\n")]
    [InlineData("\nid,y_true,y_pred,error\n\n1.5,3,1,2\n\n")]
    public async Task Read_AnyVariantOfTheHeader_GivesTheRow(string content)
    {
        Put(content);

        var page = await new CsvLedgerReader(LedgerPath).ReadFromAsync(0, 100, None);

        Assert.Equal([new LedgerRow("1.5", 3, 1, 2)], page.Rows);
        Assert.Equal(0, page.Unreadable);
        Assert.Equal(LedgerState.Following, page.State);
        Assert.Equal(new FileInfo(LedgerPath).Length, page.Next);
    }

    [Theory]
    [InlineData("1.5,,1,2")]
    [InlineData("1.5,3,,2")]
    [InlineData("1.5,3")]
    [InlineData("1.5,three,1,2")]
    [InlineData("1.5,nan,1,nan")]
    [InlineData("1.5,3,inf,inf")]
    [InlineData("1.5,Infinity,1,2")]
    public async Task Read_RowWithoutItsNumbers_IsCountedAndPassedOver(string line)
    {
        Put($"{Header}{line}\n{Line(0)}");

        var page = await new CsvLedgerReader(LedgerPath).ReadFromAsync(0, 100, None);

        Assert.Equal(Rows(0, 1), page.Rows);
        Assert.Equal(1, page.Unreadable);
    }

    [Fact]
    public async Task Read_NoFile_IsMissing()
    {
        var page = await new CsvLedgerReader(LedgerPath).ReadFromAsync(17, 100, None);

        Assert.Equal((LedgerState.Missing, 0L, 0), (page.State, page.Next, page.Rows.Count));
    }

    [Theory]
    [InlineData("")]
    [InlineData("id,y_tr")]
    [InlineData(Header)]
    [InlineData(Header + "1.5,10")]
    public async Task Read_NoWholeRowYet_IsFollowingAndComesToItLater(string content)
    {
        Put(content);
        var reader = new CsvLedgerReader(LedgerPath);

        var first = await reader.ReadFromAsync(0, 100, None);
        Put(Header + "1.5,10,1,9\n");
        var second = await reader.ReadFromAsync(first.Next, 100, None);

        Assert.Equal((LedgerState.Following, 0), (first.State, first.Rows.Count));
        Assert.Equal([new LedgerRow("1.5", 10, 1, 9)], second.Rows);
        Assert.Equal(LedgerState.Following, second.State);
    }

    [Fact]
    public async Task Read_PageByPage_GivesEachRowOnceInOrder()
    {
        Put(Header + Lines(0, 10_000));
        var reader = new CsvLedgerReader(LedgerPath);
        var (rows, position, pages) = (new List<LedgerRow>(), 0L, 0);

        for (LedgerPage page; (page = await reader.ReadFromAsync(position, 777, None)).Rows.Count > 0; pages++)
        {
            Assert.InRange(page.Rows.Count, 1, 777);
            Assert.Equal(LedgerState.Following, page.State);
            rows.AddRange(page.Rows);
            position = page.Next;
        }

        Assert.Equal(Rows(0, 10_000), rows);
        Assert.Equal(13, pages);
    }

    [Fact]
    public async Task Read_RowsAppendedMeanwhile_GivesOnlyTheNewOnes()
    {
        Put(Header + Lines(0, 3));
        var reader = new CsvLedgerReader(LedgerPath);
        var first = await reader.ReadFromAsync(0, 100, None);
        File.AppendAllText(LedgerPath, Lines(3, 4));

        var second = await reader.ReadFromAsync(first.Next, 100, None);
        var third = await reader.ReadFromAsync(second.Next, 100, None);

        Assert.Equal(Rows(0, 3), first.Rows);
        Assert.Equal(Rows(3, 4), second.Rows);
        Assert.Empty(third.Rows);
        Assert.Equal(second.Next, third.Next);
    }

    [Theory]
    [InlineData(Header)]
    [InlineData(Header + "9.5,1,2,1\n")]
    [InlineData("id;y_true;y_pred;error\n9.5;1;2;1\n9.5;1;2;1\n9.5;1;2;1\n9.5;1;2;1\n9.5;1;2;1\n")]
    [InlineData(Header + "9.5,1,2,1\n9.5,1,2,1\n9.5,1,2,1\n9.5,1,2,1\n9.5,1,2,1\n9.5,1,2,1\n9.5,1,2,1\n")]
    public async Task Read_FileReplaced_BeginsAnew(string replacement)
    {
        Put(Header + Lines(0, 3));
        var reader = new CsvLedgerReader(LedgerPath);
        var position = (await reader.ReadFromAsync(0, 100, None)).Next;
        Put(replacement);

        var page = await reader.ReadFromAsync(position, 100, None);

        Assert.Equal(LedgerState.Restarted, page.State);
        Assert.Equal(replacement.Split('\n').Length - 2, page.Rows.Count);
        Assert.Equal(new FileInfo(LedgerPath).Length, page.Next);
    }

    [Fact]
    public async Task Read_PositionOfAnEarlierRun_GoesOnFromThere()
    {
        Put(Header + Lines(0, 3));
        var position = (await new CsvLedgerReader(LedgerPath).ReadFromAsync(0, 2, None)).Next;

        var page = await new CsvLedgerReader(LedgerPath).ReadFromAsync(position, 100, None);

        Assert.Equal(Rows(2, 1), page.Rows);
        Assert.Equal(LedgerState.Following, page.State);
    }

    [Fact]
    public async Task Read_QuoteNeverClosed_CostsThatLineOnly()
    {
        Put($"{Header}\"oops,1,2,1\n{Lines(0, 5000)}");

        var page = await new CsvLedgerReader(LedgerPath).ReadFromAsync(0, 10_000, None);

        Assert.Equal(Rows(0, 5000), page.Rows);
        Assert.Equal(1, page.Unreadable);
    }

    [Fact]
    public async Task Read_LineWithoutEnd_IsPassedOver()
    {
        Put($"{Header}{new string('x', 200_000)}\n{Lines(0, 3)}");

        var page = await new CsvLedgerReader(LedgerPath).ReadFromAsync(0, 100, None);

        Assert.Equal(Rows(0, 3), page.Rows);
        Assert.NotEqual(0, page.Unreadable);
    }

    [Theory]
    [InlineData("time,value\n1,2\n")]
    [InlineData("<html>\n")]
    public async Task Read_ColumnsThatCannotBeTold_SaysWhatToNameThem(string content)
    {
        Put(content);

        var fault = await Assert.ThrowsAsync<LedgerUnusableException>(async () =>
            await new CsvLedgerReader(LedgerPath).ReadFromAsync(0, 100, None));

        Assert.Contains(content.Split('\n')[0], fault.Message);
        Assert.Contains("y_true", fault.Message);
    }
}
