using Diabetes.Domain.Joining;
using Xunit;

namespace Diabetes.Domain.Tests.Joining;

public class SideTallyTests
{
    [Theory]
    [InlineData(15, "15 received = 1 joined + 2 pending + 3 orphaned + 4 duplicates + 5 quarantined")]
    [InlineData(16, "16 received ≠ 1 joined + 2 pending + 3 orphaned + 4 duplicates + 5 quarantined")]
    public void ToString_SaysWhetherTheCountsAddUp(long received, string text) =>
        Assert.Equal(text, new SideTally(received, 1, 2, 3, 4, 5).ToString());
}
