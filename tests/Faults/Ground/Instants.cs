using System.Data.Common;
using System.Globalization;

namespace Skypunch.Faults.Ground;

/// <summary>Reads instants, which MySQL keeps as dates and SQLite as text.</summary>
internal static class Instants
{
    /// <summary>The instant in a column; the earliest of all if the column is null.</summary>
    public static DateTimeOffset Of(DbDataReader row, int column) => row.IsDBNull(column) ? DateTimeOffset.MinValue : row.GetValue(column) switch
    {
        DateTime time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
        var text => DateTimeOffset.Parse($"{text}", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
    };
}
