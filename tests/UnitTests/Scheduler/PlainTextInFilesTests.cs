using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.UnitTests.Scheduler;

/// <summary>
/// A password that was typed into the table in SQL leaves all files of SQLite when it is sealed: its page, freed pages and the write-ahead
/// log.
/// </summary>
public sealed class PlainTextInFilesTests : IDisposable
{
    private const string Plain = "my0wns3cr3t";

    private readonly SchedulerStore _store = new();
    private readonly ServiceProvider _services;

    public PlainTextInFilesTests() => _services = new ServiceCollection().AddScoped<SchedulerDb>(_ => _store.Open()).BuildServiceProvider();

    public void Dispose()
    {
        _services.Dispose();
        _store.Dispose();
    }

    [Theory]
    [InlineData("authn_parms", 1)]
    [InlineData("body", 1)]
    [InlineData("body", 5_000)]
    public async Task What_was_sealed_is_in_no_file_in_plain_once_the_log_is_emptied(string column, int times)
    {
        await using var other = _store.Open(); // an open connection keeps SQLite from deleting the write-ahead log
        await other.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await TypeInAsync(column, string.Concat(Enumerable.Repeat(Plain, times)));
        await EmptyAsync();
        var typed = _store.TextOfFiles();
        await _store.ClaimAsync();
        var claimed = _store.TextOfFiles();
        var emptied = await EmptyAsync();

        Assert.Contains(Plain, typed, StringComparison.Ordinal);
        Assert.Contains("enc:v2:", claimed, StringComparison.Ordinal);
        Assert.True(emptied);
        Assert.Contains("enc:v2:", _store.TextOfFiles(), StringComparison.Ordinal);
        Assert.DoesNotContain(Plain, _store.TextOfFiles(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_somebody_reads_it_waits_for_nobody_and_is_emptied_later()
    {
        await TypeInAsync("authn_parms", Plain);
        await using var reader = _store.Open();
        await using var command = reader.Database.GetDbConnection().CreateCommand();
        await reader.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        command.CommandText = "SELECT id FROM targets";
        await using (var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken))
        {
            Assert.True(await rows.ReadAsync(TestContext.Current.CancellationToken));
            await _store.ClaimAsync();
            Assert.False(await EmptyAsync());
            Assert.Contains(Plain, _store.TextOfFiles(), StringComparison.Ordinal);
        }

        Assert.True(await EmptyAsync());
        Assert.DoesNotContain(Plain, _store.TextOfFiles(), StringComparison.Ordinal);
    }

    private async Task TypeInAsync(string column, string text)
    {
        await using var hand = new SqliteConnection(_store.Open().Database.GetConnectionString());
        await hand.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = hand.CreateCommand();
        command.CommandText = $"INSERT INTO targets (name, url, {column}) VALUES ('x', 'http://127.0.0.1/', $text)";
        command.Parameters.AddWithValue("$text", text);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private async Task<bool> EmptyAsync()
    {
        using var log = new WriteAheadLog<SchedulerDb>(
            _services.GetRequiredService<IServiceScopeFactory>(), new BusGate(), _store.Clock, NullLogger<WriteAheadLog<SchedulerDb>>.Instance);
        return await log.EmptyAsync(TestContext.Current.CancellationToken);
    }
}
