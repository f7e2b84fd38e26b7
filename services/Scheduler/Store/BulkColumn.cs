using System.Globalization;

namespace Skypunch.Scheduler.Store;

/// <summary>What a <see cref="BulkUpdate{TRow}"/> does with the value that it has for a column of a row.</summary>
internal enum BulkUse
{
    /// <summary>Sets the column to the value.</summary>
    Set,

    /// <summary>Sets the column to the value, unless the value is null.</summary>
    SetUnlessNull,

    /// <summary>Adds the value to the column, up to the end of the column's range.</summary>
    Add,

    /// <summary>Updates the row only where the column equals the value.</summary>
    Match,
}

/// <summary>A column in a <see cref="BulkUpdate{TRow}"/>. Pure.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MySqlType">The type as which MySQL reads the value from JSON: <c>DATETIME(6)</c>, <c>BIGINT</c> or a text type.</param>
/// <param name="Use">What is done with the value.</param>
internal readonly record struct BulkColumn(string Name, string MySqlType, BulkUse Use)
{
    /// <summary>The type as which MySQL reads bytes from JSON, where they are in Base64. A row of JSON_TABLE has 64 KiB for such texts, at four bytes a character.</summary>
    public const string MySqlBytes = "VARCHAR(4096)";

    /// <summary>The type as which MySQL reads a Guid from JSON.</summary>
    public const string MySqlId = "CHAR(36)";

    private static readonly string Most = long.MaxValue.ToString(CultureInfo.InvariantCulture);

    /// <summary>The column's part of the SQL: an assignment, or a condition.</summary>
    /// <param name="value">How the statement names the value.</param>
    public string Sql(string value) => Use switch
    {
        BulkUse.SetUnlessNull => $"{Name} = COALESCE({value}, {Name})",
        BulkUse.Add => $"{Name} = CASE WHEN {Name} > {Most} - {value} THEN {Most} ELSE {Name} + {value} END",
        _ => $"{Name} = {value}",
    };
}
