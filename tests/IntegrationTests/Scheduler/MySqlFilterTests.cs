using Microsoft.EntityFrameworkCore;
using MySqlConnector;
using Skypunch.Contracts.Filters;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;
using Skypunch.TestBed;
using Skypunch.UnitTests.Scheduler;

namespace Skypunch.IntegrationTests.Scheduler;

/// <summary>
/// Filters on a real MySQL: it finds what this process and SQLite find, whatever it thinks of case, accents and white space.
/// </summary>
public sealed class MySqlFilterTests(MySqlServer mySql) : IAsyncLifetime
{
    private string _connection = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _connection = await mySql.CreateDatabaseAsync() + ";Allow User Variables=true;GUID Format=Char36";
        await using var db = Open();
        await db.Database.MigrateAsync(Cancellation);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task MySQL_finds_what_the_filter_holds_for()
    {
        await using var db = Open();
        for (var seed = 0; seed < 12; seed++)
        {
            var random = new RandomFilters(seed);
            await db.Targets.ExecuteDeleteAsync(Cancellation);
            db.Targets.AddRange(Enumerable.Range(0, 20).Select(random.ATarget));
            await db.SaveChangesAsync(Cancellation);
            db.ChangeTracker.Clear();
            var rows = await db.Targets.AsNoTracking().Include(row => row.Labels).ToListAsync(Cancellation);
            for (var i = 0; i < 30; i++)
            {
                var text = random.AFilter();
                Assert.True(FilterText.TryParse(text, out var filter, out var error), $"{text} {error}");

                var found = await FilterSql.Where(db, db.Targets, filter).Select(row => row.Id).Order().ToListAsync(Cancellation);

                Assert.Equal((seed, text, Ids(rows.Where(row => filter!.Holds(RandomFilters.FactsOf(row))).Select(row => row.Id).Order())), (seed, text, Ids(found)));
            }
        }
    }

    [Fact]
    public async Task A_filter_with_as_much_as_it_may_have_is_run()
    {
        await using var db = Open();
        foreach (var join in (string[])[" AND ", " OR "])
        {
            Assert.True(FilterText.TryParse(string.Join(join, Enumerable.Repeat("labels.a = x", FilterText.MostComparisons)), out var filter, out var error), error);

            Assert.Empty(await FilterSql.Where(db, db.Targets, filter).ToListAsync(Cancellation));
        }
    }

    [Fact]
    public async Task MySQL_folds_every_character_as_this_process_does()
    {
        await using var connection = new MySqlConnection(_connection);
        await connection.OpenAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            SET SESSION cte_max_recursion_depth = 200000;
            WITH RECURSIVE numbers AS (SELECT 32 AS n UNION ALL SELECT n + 1 FROM numbers WHERE n < 0x1F000)
            SELECT n, LOWER(REPLACE(REPLACE(CONVERT(CONVERT(UNHEX(LPAD(HEX(n), 8, '0')) USING utf32) USING utf8mb4) COLLATE utf8mb4_0900_bin, 'Ⱥ', 'ⱥ'), 'Ⱦ', 'ⱦ')) FROM numbers WHERE n NOT BETWEEN 0xD800 AND 0xDFFF
            """;
        var differing = new List<string>();
        await using var row = await command.ExecuteReaderAsync(Cancellation);
        while (await row.ReadAsync(Cancellation))
        {
            var (number, folded) = (row.GetInt32(0), row.GetString(1));
            if (FoldedText.Of(char.ConvertFromUtf32(number)) != folded)
            {
                differing.Add($"U+{number:X4}");
            }
        }

        Assert.Equal("", string.Join(' ', differing));
    }

    [Fact]
    public async Task Two_labels_that_only_differ_in_accents_case_or_white_space_are_two_values()
    {
        await using var db = Open();
        string[] values = ["web", "Web", "wéb", "web "];
        db.Targets.AddRange(values.Select((value, i) => new Target { Name = $"t{i}", Url = "http://localhost/", Labels = { new TargetLabel { Name = "team", Value = value } } }));
        await db.SaveChangesAsync(Cancellation);
        Assert.True(FilterText.TryParse("labels.team = web", out var exact, out _));
        Assert.True(FilterText.TryParse("labels.team : WEB", out var part, out _));

        Assert.Equal(["t0"], await FilterSql.Where(db, db.Targets, exact).Select(row => row.Name).ToListAsync(Cancellation));
        Assert.Equal(["t0", "t1", "t3"], await FilterSql.Where(db, db.Targets, part).Select(row => row.Name).Order().ToListAsync(Cancellation));
    }

    private MySqlSchedulerDb Open() => new((DbContextOptions<MySqlSchedulerDb>)new DbContextOptionsBuilder<MySqlSchedulerDb>()
        .UseSkypunchMySql(_connection, SchedulerDb.Name).Options);

    private static string Ids(IEnumerable<long> ids) => string.Join(',', ids);
}
