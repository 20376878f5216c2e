using Diabetes.Ledger.Csv;
using FsCheck;
using FsCheck.Fluent;

namespace Diabetes.Ledger.Tests.Csv;

/// <summary>A reader of a ledger whose active file is closed now and then, under another name, and begun anew.</summary>
public sealed class CsvRotationTests : LedgerTestBase
{
    private int _closed;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task Read_ClosedSegments_AreReadInOrderAsOneLedger(int limit)
    {
        Put(Header + Lines(0, 4));
        Rotate(Header + Lines(4, 3));
        Rotate(Header);
        Rotate("\uFEFF" + Header.Replace("\n", "\r\n", StringComparison.Ordinal) + Lines(7, 2));

        // Not by their spelling: 10 comes after 9.
        for (var number = 0; number < 9; number++)
        {
            Rotate(Header + Line(9 + number));
        }

        Assert.Equal(Rows(0, 18), (await ReadAllAsync(new CsvLedgerReader(LedgerPath), 0, limit)).Rows);
    }

    [Theory]
    [InlineData("metric_log.csv.torn")]
    [InlineData("metric_log.0.csv")]
    [InlineData("metric_log.01.csv")]
    [InlineData("metric_log..csv")]
    [InlineData("metric_log.-1.csv")]
    [InlineData("metric_log.1 .csv")]
    [InlineData("metric_log.old.csv")]
    [InlineData("metric_log.12345678901.csv")]
    [InlineData("metric_log.1.txt")]
    [InlineData("late.1.csv")]
    public async Task Read_OtherFilesBeside_AreNoSegments(string name)
    {
        Put(Header + Lines(0, 3));
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(LedgerPath)!, name), Header + Lines(5, 3));

        Assert.Equal(Rows(0, 3), (await ReadAllAsync(new CsvLedgerReader(LedgerPath), 0, 100)).Rows);
    }

    [Fact]
    public async Task Read_NameWithoutExtension_HasSegmentsToo()
    {
        Put(Header + Lines(0, 2));
        var ledger = Path.Combine(Path.GetDirectoryName(LedgerPath)!, "ledger");
        File.Move(LedgerPath, ledger + ".1");
        await File.WriteAllTextAsync(ledger, Header + Lines(2, 2));

        Assert.Equal(Rows(0, 4), (await ReadAllAsync(new CsvLedgerReader(ledger), 0, 100)).Rows);
    }

    [Fact]
    public async Task Read_RotatedBetweenTwoLooks_GoesOnWhereItWas()
    {
        Put(Header + Lines(0, 4));
        var reader = new CsvLedgerReader(LedgerPath);
        var first = await reader.ReadFromAsync(0, 100, None);
        await File.AppendAllTextAsync(LedgerPath, Lines(4, 2));
        Rotate(Header + Lines(6, 1));

        var second = await reader.ReadFromAsync(first.Next, 100, None);
        var third = await reader.ReadFromAsync(second.Next, 100, None);

        Assert.Equal((LedgerState.Following, LedgerState.Following), (second.State, third.State));
        Assert.Equal(Rows(4, 3), second.Rows);
        Assert.Empty(third.Rows);
    }

    [Fact]
    public async Task Read_ActiveFileNotBegunYet_GivesWhatIsClosed()
    {
        Put(Header + Lines(0, 4));
        var reader = new CsvLedgerReader(LedgerPath);
        var first = await reader.ReadFromAsync(0, 2, None);
        Rotate(null);

        var second = await reader.ReadFromAsync(first.Next, 100, None);
        var third = await reader.ReadFromAsync(second.Next, 100, None);
        Put(Header + Lines(4, 1));
        var fourth = await reader.ReadFromAsync(third.Next, 100, None);

        Assert.Equal(Rows(2, 2), second.Rows);
        Assert.Equal((LedgerState.Following, 0), (third.State, third.Rows.Count));
        Assert.Equal((LedgerState.Following, Row(4)), (fourth.State, Assert.Single(fourth.Rows)));
    }

    [Fact]
    public async Task Read_PositionOfAnEarlierRun_GoesOnFromThereInAnySegment()
    {
        Put(Header + Lines(0, 4));
        Rotate(Header + Lines(4, 4));
        Rotate(Header + Lines(8, 4));
        for (var read = 0; read < 12; read++)
        {
            var position = read == 0 ? 0 : (await new CsvLedgerReader(LedgerPath).ReadFromAsync(0, read, None)).Next;
            var (rows, states) = await ReadAllAsync(new CsvLedgerReader(LedgerPath), position, 100);
            Assert.Equal(Rows(read, 12 - read), rows);
            Assert.DoesNotContain(LedgerState.Restarted, states);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_SegmentsArchivedMeanwhile_MovesNoPosition(bool readBefore)
    {
        Put(Header + Lines(0, 4));
        Rotate(Header + Lines(4, 4));
        Rotate(Header + Lines(8, 1));
        var reader = new CsvLedgerReader(LedgerPath);
        var position = (await reader.ReadFromAsync(0, readBefore ? 9 : 2, None)).Next;
        File.Delete(Closed(1));
        File.Delete(Closed(2));
        await File.AppendAllTextAsync(LedgerPath, Line(9));

        var page = await reader.ReadFromAsync(position, 100, None);

        // What was not read before it was taken away is passed over.
        Assert.Equal(readBefore ? Rows(9, 1) : Rows(8, 2), page.Rows);
        Assert.Equal(LedgerState.Following, page.State);
        Assert.Equal(Rows(8, 2), (await ReadAllAsync(reader, 0, 100)).Rows);
        Assert.Equal(Rows(8, 2), (await ReadAllAsync(new CsvLedgerReader(LedgerPath), 0, 100)).Rows);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Header)]
    [InlineData(Header + "7.5,1,2,1\n")]
    public async Task Read_ActiveFileReplaced_BeginsAnewWithTheClosedOnes(string? replacement)
    {
        Put(Header + Lines(0, 4));
        Rotate(Header + Lines(4, 4));
        var reader = new CsvLedgerReader(LedgerPath);
        var position = (await reader.ReadFromAsync(0, 100, None)).Next;
        File.Delete(LedgerPath);
        if (replacement is not null)
        {
            Put(replacement);
        }

        var page = await reader.ReadFromAsync(position, 100, None);

        Assert.Equal(LedgerState.Restarted, page.State);
        Assert.Equal(replacement?.Length > Header.Length ? [.. Rows(0, 4), new LedgerRow("7.5", 1, 2, 1)] : Rows(0, 4), page.Rows);
    }

    [Fact]
    public async Task Read_ReplacedAndThenRotated_BeginsAnew()
    {
        Put(Header + Lines(0, 4));
        var reader = new CsvLedgerReader(LedgerPath);
        var position = (await reader.ReadFromAsync(0, 100, None)).Next;
        Put(Header + Lines(10, 4));
        Rotate(Header + Lines(14, 1));

        var page = await reader.ReadFromAsync(position, 100, None);

        Assert.Equal(LedgerState.Restarted, page.State);
        Assert.Equal(Rows(10, 5), page.Rows);
    }

    [Theory]
    [InlineData("torn,1,2", 1)]
    [InlineData("\"never closed,1,2,1\n", 1)]
    [InlineData("", 0)]
    public async Task Read_ClosedSegmentThatEndsInNoRow_IsPassedOver(string end, int unreadable)
    {
        Put(Header + Lines(0, 2) + end);
        Rotate(Header + Lines(2, 2));

        var page = await new CsvLedgerReader(LedgerPath).ReadFromAsync(0, 100, None);

        Assert.Equal(Rows(0, 4), page.Rows);
        Assert.Equal(unreadable, page.Unreadable);
    }

    [Fact]
    public async Task Read_TornRowOfTheActiveFile_IsLeftUntilItIsWhole()
    {
        Put(Header + Lines(0, 2));
        Rotate(Header + "2.5,102.0");
        var reader = new CsvLedgerReader(LedgerPath);

        var first = await reader.ReadFromAsync(0, 100, None);
        await File.AppendAllTextAsync(LedgerPath, ",90.0,12.0\n");
        Rotate(Header);
        var second = await reader.ReadFromAsync(first.Next, 100, None);

        Assert.Equal(Rows(0, 2), first.Rows);
        Assert.Equal(Rows(2, 1), second.Rows);
    }

    /// <summary>
    /// Any order of appends (0 to 3), rotations (4), reads of some rows (5 to 7) and archiving of what the reader found closed and has read
    /// (8).
    /// </summary>
    [Fact]
    public void Read_AnyOrderOfAppendsRotationsAndArchiving_GivesEachRowOnceInOrder()
    {
        var steps = Gen.Choose(0, 8).ListOf().ToArbitrary();
        Prop.ForAll(steps, async script =>
        {
            Clear();
            Put(Header);
            var reader = new CsvLedgerReader(LedgerPath);
            var (written, read, position, seen, archived) = (0, 0, 0L, 0, 0);
            var ends = new List<int>();
            foreach (var step in script.Append(int.MaxValue))
            {
                switch (step)
                {
                    case <= 3:
                        await File.AppendAllTextAsync(LedgerPath, Lines(written, step));
                        written += step;
                        break;
                    case 4:
                        ends.Add(written);
                        Rotate(Header);
                        break;
                    case 8 when archived < seen && read >= ends[archived]:
                        File.Delete(Closed(++archived));
                        break;
                    case not 8:
                        var page = await reader.ReadFromAsync(position, step == int.MaxValue ? step : step - 4, None);
                        Assert.Equal((LedgerState.Following, 0), (page.State, page.Unreadable));
                        Assert.Equal(Rows(read, page.Rows.Count), page.Rows);
                        Assert.True(page.Rows.Count > 0 || read == written, $"Nothing came where {written - read} rows are.");
                        (read, position, seen) = (read + page.Rows.Count, page.Next, ends.Count);
                        break;
                }
            }

            Assert.Equal(written, read);
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>
    /// The two race for real: the reader meets the moment between closing and beginning, and that between listing and opening.
    /// </summary>
    [Fact]
    public async Task Read_WhileAnotherRotates_GivesEachRowOnceInOrder()
    {
        const int segments = 1500;
        Put(Header);
        var writer = Task.Run(() =>
        {
            for (var number = 0; number < segments; number++)
            {
                File.AppendAllText(LedgerPath, Lines(number * 2, 2));
                Rotate(null);
                File.WriteAllText(LedgerPath, Header);
            }
        });
        var reader = new CsvLedgerReader(LedgerPath);
        var (read, position) = (0, 0L);
        while (read < segments * 2)
        {
            var isWritten = writer.IsCompleted;
            var page = await reader.ReadFromAsync(position, 100, None);
            Assert.Equal((LedgerState.Following, 0), (page.State, page.Unreadable));
            Assert.Equal(Rows(read, page.Rows.Count), page.Rows);
            (read, position) = (read + page.Rows.Count, page.Next);
            Assert.True(page.Rows.Count > 0 || !isWritten, $"Only {read} rows came of {segments * 2}.");
        }

        await writer;
    }

    private static async Task<(List<LedgerRow> Rows, List<LedgerState> States)> ReadAllAsync(CsvLedgerReader reader, long position,
        int limit)
    {
        var (rows, states) = (new List<LedgerRow>(), new List<LedgerState>());
        while (await reader.ReadFromAsync(position, limit, None) is { Rows.Count: > 0 } page)
        {
            Assert.True(page.Next > position);
            rows.AddRange(page.Rows);
            states.Add(page.State);
            position = page.Next;
        }

        return (rows, states);
    }

    private string Closed(int number) => Path.Combine(Path.GetDirectoryName(LedgerPath)!, $"metric_log.{number}.csv");

    /// <summary>Closes the active file, and begins another unless there is no content for it.</summary>
    private void Rotate(string? content)
    {
        File.Move(LedgerPath, Closed(++_closed));
        if (content is not null)
        {
            Put(content);
        }
    }

    private void Clear()
    {
        _closed = 0;
        if (Path.GetDirectoryName(LedgerPath) is { } folder && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
