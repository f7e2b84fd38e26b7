using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts.Filters;

namespace Skypunch.Scheduler.Store;

/// <summary>
/// Functions of the database that a filter needs and EF Core does not know, so that both databases find what <see cref="Filter.Holds"/>
/// does.
/// </summary>
internal static class FilterFunctions
{
    private const string SqliteFold = "skypunch_fold"; // SQLite's own lower() knows the letters of English only

    /// <summary>The text in lower case, as <see cref="FoldedText"/> has it.</summary>
    public static string Fold(string text) => throw Untranslated();

    /// <summary>
    /// Where a part begins in a text, from 1; 0: it is not in it. In MySQL the collation of the text decides what is equal.
    /// </summary>
    public static int Place(string text, string part) => throw Untranslated();

    /// <summary>Says what the functions are called.</summary>
    public static void AddFilterFunctions(this ModelBuilder model, bool isSqlite)
    {
        model.HasDbFunction(Method(nameof(Fold))).HasName(isSqlite ? SqliteFold : "LOWER").IsBuiltIn();
        model.HasDbFunction(Method(nameof(Place))).HasName("INSTR").IsBuiltIn();
    }

    /// <summary>Gives SQLite the function that it lacks, for as long as the context lives.</summary>
    public static void ProvideFold(this SchedulerDb db)
    {
        if (db.Database.GetDbConnection() is SqliteConnection connection)
        {
            connection.CreateFunction(SqliteFold, (string? text) => text is null ? null : FoldedText.Of(text), isDeterministic: true); // a hand may have taken NOT NULL away
        }
    }

    private static MethodInfo Method(string name) => typeof(FilterFunctions).GetMethod(name)!;

    private static NotSupportedException Untranslated() => new("It is a function of the database.");
}
