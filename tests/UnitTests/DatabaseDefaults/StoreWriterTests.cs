using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.DatabaseDefaults;

namespace Skypunch.UnitTests.DatabaseDefaults;

public sealed class StoreWriterTests : IDisposable
{
    private static readonly AsyncLocal<string?> Local = new();

    private readonly string _folder = Directory.CreateTempSubdirectory("skypunch-writer-").FullName;
    private readonly ServiceProvider _services;

    public StoreWriterTests()
    {
        _services = new ServiceCollection()
            .AddDbContext<NotesDb>(options => options.UseSkypunchSqlite($"Data Source={Path.Combine(_folder, "notes.db")};Pooling=False", "notes"))
            .AddScoped<Notes>()
            .BuildServiceProvider(validateScopes: true);
        using var scope = _services.CreateScope();
        scope.ServiceProvider.GetRequiredService<NotesDb>().Database.EnsureCreated();
    }

    [Fact]
    public async Task On_SQLite_transactions_run_in_their_order_on_one_connection()
    {
        using var writer = Writer(DatabaseProvider.Sqlite);

        var connections = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => writer.RunAsync((Notes notes) => notes.AddAsync($"{i}"))));

        Assert.True(writer.IsAlone);
        Assert.Single(connections.Distinct());
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"), await ReadAsync());
    }

    [Fact]
    public async Task A_transaction_that_fails_leaves_nothing_behind_for_the_next()
    {
        using var writer = Writer(DatabaseProvider.Sqlite);
        var first = await writer.RunAsync((Notes notes) => notes.AddAsync("first"));

        await Assert.ThrowsAsync<InvalidDataException>(() => writer.RunAsync((Notes notes) => notes.AddAndFailAsync("lost", new InvalidDataException())));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => writer.RunAsync((Notes notes) => notes.AddAndFailAsync("lost", new OperationCanceledException())));
        var next = await writer.RunAsync((Notes notes) => notes.AddAsync("next"));

        Assert.NotSame(first, next);
        Assert.Equal(["first", "next"], await ReadAsync());
    }

    [Fact]
    public async Task Each_transaction_reads_the_store_and_not_what_the_previous_one_has_read()
    {
        using var writer = Writer(DatabaseProvider.Sqlite);
        await writer.RunAsync((Notes notes) => notes.AddAsync("old"));
        await using (var scope = _services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<NotesDb>().Notes
                .ExecuteUpdateAsync(set => set.SetProperty(note => note.Text, "new"), TestContext.Current.CancellationToken);
        }

        var note = await writer.RunAsync((NotesDb db) => db.Notes.SingleAsync());
        Assert.Equal("new", note.Text);
    }

    [Fact]
    public async Task The_callers_context_flows()
    {
        using var writer = Writer(DatabaseProvider.Sqlite);
        Local.Value = "of the caller";
        string? seen = null;

        await writer.RunAsync((Notes _) =>
        {
            seen = Local.Value;
            return Task.CompletedTask;
        });

        Assert.Equal("of the caller", seen);
    }

    [Fact]
    public async Task Accepted_work_is_done_before_the_end_and_the_connection_is_closed()
    {
        var writer = Writer(DatabaseProvider.Sqlite);
        var pieces = Enumerable.Range(0, 20).Select(i => writer.RunAsync((Notes notes) => notes.AddAsync($"{i}"))).ToList();

        writer.Dispose();

        var connections = await Task.WhenAll(pieces);
        Assert.Equal(System.Data.ConnectionState.Closed, connections[0].State);
        Assert.Equal(20, (await ReadAsync()).Count);
    }

    [Fact]
    public async Task On_MySQL_transactions_run_side_by_side()
    {
        using var writer = Writer(DatabaseProvider.MySql);
        var (one, two) = (new TaskCompletionSource(), new TaskCompletionSource());

        var first = writer.RunAsync((Notes _) =>
        {
            one.SetResult();
            return two.Task;
        });
        var second = writer.RunAsync((Notes _) =>
        {
            two.SetResult();
            return one.Task;
        });
        await Task.WhenAll(first, second).WaitAsync(TestContext.Current.CancellationToken);

        Assert.False(writer.IsAlone);
    }

    public void Dispose()
    {
        _services.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private StoreWriter<NotesDb> Writer(DatabaseProvider provider) => new(_services.GetRequiredService<IServiceScopeFactory>(), provider);

    private async Task<List<string>> ReadAsync()
    {
        await using var scope = _services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<NotesDb>().Notes.OrderBy(note => note.Id).Select(note => note.Text)
            .ToListAsync(TestContext.Current.CancellationToken);
    }

    private sealed class Note
    {
        public long Id { get; init; }

        public required string Text { get; init; }
    }

    private sealed class NotesDb(DbContextOptions<NotesDb> options) : DbContext(options)
    {
        public DbSet<Note> Notes => Set<Note>();
    }

    private sealed class Notes(NotesDb db)
    {
        public async Task<DbConnection> AddAsync(string text)
        {
            await using var transaction = await db.Database.BeginLockingAsync(CancellationToken.None);
            db.Notes.Add(new Note { Text = text });
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
            return db.Database.GetDbConnection();
        }

        // Leaves its transaction open, which is the worst that a caller can do.
        public async Task AddAndFailAsync(string text, Exception fault)
        {
            await db.Database.BeginLockingAsync(CancellationToken.None);
            db.Notes.Add(new Note { Text = text });
            await db.SaveChangesAsync();
            throw fault;
        }
    }
}
