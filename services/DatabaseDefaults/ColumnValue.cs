using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Skypunch.DatabaseDefaults;

/// <summary>Reads a single column of a row, as EF Core reads it: to find out which column keeps a row from being read.</summary>
public static class ColumnValue
{
    /// <summary>The value as the entity has it.</summary>
    /// <param name="column">The property of the entity.</param>
    /// <param name="row">The row.</param>
    /// <param name="at">Where the column stands in the row.</param>
    /// <exception cref="Exception">The value cannot be read; what is wrong is in the innermost exception.</exception>
    public static object? Read(IProperty column, DbDataReader row, int at)
    {
        if (row.IsDBNull(at))
        {
            return column.IsNullable ? null : throw new InvalidCastException("it is NULL.");
        }

        var mapping = column.GetRelationalTypeMapping();
        var value = mapping.GetDataReaderMethod().Invoke(row, [at]);
        return mapping.Converter is { } converter ? converter.ConvertFromProvider(value) : value;
    }
}
