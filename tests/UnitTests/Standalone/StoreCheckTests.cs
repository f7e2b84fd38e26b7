using Microsoft.Data.Sqlite;
using Skypunch.ServiceDefaults.Hosting;
using Skypunch.Standalone.DataFolders;

namespace Skypunch.UnitTests.Standalone;

public sealed class StoreCheckTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly string _scheduler;
    private readonly string _notifier;

    public StoreCheckTests()
    {
        (_scheduler, _notifier) = (_temp.In("scheduler.db"), _temp.In("notifier.db"));
        Make(_scheduler);
        Make(_notifier);
    }

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_store_that_was_cut_to_nothing_beside_one_that_has_been_in_use_is_reported()
    {
        StoreCheck.MarkUsed(_scheduler);
        StoreCheck.MarkUsed(_notifier);
        File.WriteAllBytes(_scheduler, []);

        var e = Assert.Throws<StartupException>(() => StoreCheck.EnsureWhole(_scheduler, _notifier));

        Assert.Equal($"The store {_scheduler} is empty, though {_notifier} has been in use: restore {_scheduler}, or delete both to begin anew.", e.Message);
        StoreCheck.EnsureWhole(_notifier, _scheduler);
    }

    [Fact]
    public void A_store_that_a_first_start_has_left_empty_is_none_that_was_cut()
    {
        File.WriteAllBytes(_notifier, []);

        Assert.Null(Record.Exception(() => StoreCheck.EnsureWhole(_notifier, _scheduler)));
    }

    [Fact]
    public void Both_stores_may_begin_empty()
    {
        StoreCheck.MarkUsed(_notifier);
        File.Delete(_scheduler);
        Assert.Null(Record.Exception(() => StoreCheck.EnsureWhole(_scheduler, _notifier)));

        File.WriteAllBytes(_scheduler, []);
        File.Delete(_notifier);
        Assert.Null(Record.Exception(() => StoreCheck.EnsureWhole(_scheduler, _notifier)));
    }

    [Fact]
    public void A_read_only_store_is_reported()
    {
        File.SetAttributes(_scheduler, FileAttributes.ReadOnly);

        var e = Assert.Throws<StartupException>(() => StoreCheck.EnsureUsable(_scheduler));

        Assert.Equal($"The store {_scheduler} is read-only: let this user write to it.", e.Message);
    }

    [Theory]
    [InlineData(0, 100, "file is not a database")]
    [InlineData(4096, 0, "malformed")]
    public void A_store_that_is_damaged_or_was_cut_short_is_reported(long length, int overwritten, string expected)
    {
        using (var file = File.OpenWrite(_scheduler))
        {
            file.Write(new byte[overwritten]);
            file.SetLength(length > 0 ? length : file.Length);
        }

        var e = Assert.Throws<StartupException>(() => StoreCheck.EnsureUsable(_scheduler));

        Assert.Contains(_scheduler, e.Message, StringComparison.Ordinal);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    private static void Make(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE targets (id INTEGER PRIMARY KEY, name TEXT); CREATE INDEX by_name ON targets (name);";
        command.ExecuteNonQuery();
    }
}
