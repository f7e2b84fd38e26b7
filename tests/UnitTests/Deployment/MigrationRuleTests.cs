using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Skypunch.Notifier;
using Skypunch.Scheduler;

namespace Skypunch.UnitTests.Deployment;

/// <summary>
/// The migrations of a release only add to the tables (docs/operations.md, "Upgrade and rollback"): replicas of the previous release go on
/// with the new tables while they are replaced, and after a rollback.
/// </summary>
public sealed class MigrationRuleTests
{
    // Migrations that may remove something because no release in use needs it: the name of the migration, and the reason.
    private static readonly Dictionary<string, string> Contractions = [];

    public static TheoryData<string> Names => [.. Migrations.Select(type => type.FullName!)];

    private static IEnumerable<Type> Migrations
        => new[] { typeof(SchedulerExtensions).Assembly, typeof(NotifierExtensions).Assembly }
            .SelectMany(assembly => assembly.GetTypes()).Where(type => type.IsSubclassOf(typeof(Migration)));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_migration_takes_nothing_away_and_asks_nothing_of_older_writers(string name)
    {
        var migration = (Migration)Activator.CreateInstance(Migrations.Single(type => type.FullName == name))!;

        Assert.All(migration.UpOperations, operation => Assert.True(
            Contractions.ContainsKey(migration.GetType().Name) || !Breaks(operation),
            $"{operation.GetType().Name} breaks replicas of the release before"));
    }

    private static bool Breaks(MigrationOperation operation) => operation switch
    {
        DropTableOperation or DropColumnOperation or RenameTableOperation or RenameColumnOperation or AlterColumnOperation => true,
        AddColumnOperation column => !column.IsNullable && column.DefaultValue is null && column.DefaultValueSql is null && column.ComputedColumnSql is null,
        _ => false,
    };
}
