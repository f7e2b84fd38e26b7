using Microsoft.Data.Sqlite;
using Skypunch.UnitTests.Notifier;
using Skypunch.UnitTests.Prober;

namespace Skypunch.UnitTests.Standalone;

/// <summary>
/// Somebody edits a target in SQL so that Skypunch cannot probe it. The operator gets a mail that says so, and another mail when the row is
/// corrected. The target does not FAIL.
/// </summary>
public sealed class NotProbedWayTests
{
    [Theory]
    [InlineData("headers = 'enc:v1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'", "headers = NULL", "because of a fault of its own")] // its probes end without a result
    [InlineData("timeout = 5000000000", "timeout = 1", "The column timeout cannot be read")] // it is not claimed
    public async Task A_target_that_cannot_be_probed_is_mailed_as_that_and_so_is_its_correction(string edit, string mend, string why)
    {
        await using var mails = new LoopbackSmtp();
        await using var target = RawServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        using var folder = new TempFolder();
        await using var daemon = await DaemonInProcess.StartAsync(folder, ("Scheduler:NotProbedNotice", "2"));
        await daemon.WatchAsync(mails, target);

        await ExecuteAsync(folder, edit);
        var told = (await mails.NextAsync()).Message;
        await ExecuteAsync(folder, mend);
        var mended = (await mails.NextAsync()).Message;
        await daemon.StopAsync();

        Assert.Equal(("Skypunch notice: x cannot be probed", "Skypunch notice: x can be probed again"), (told.Subject, mended.Subject));
        Assert.Contains(why, told.TextBody + mended.TextBody, StringComparison.Ordinal);
        Assert.Contains("It says nothing of whether a target passes or fails.", told.TextBody, StringComparison.Ordinal);
        Assert.Empty(mails.TakeAll());
    }

    private static async Task ExecuteAsync(TempFolder folder, string change)
    {
        await using var connection = new SqliteConnection($"Data Source={folder.In("scheduler.db")};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the SQL is the test's own
        command.CommandText = $"UPDATE targets SET {change}";
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
