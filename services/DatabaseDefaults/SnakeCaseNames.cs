using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace Skypunch.DatabaseDefaults;

/// <summary>Names columns as is usual in SQL: <c>PassCount</c> is <c>pass_count</c>, <c>Count200</c> is <c>count200</c>.</summary>
public static partial class SnakeCaseNames
{
    /// <summary>Names every column of the model after its property.</summary>
    public static void NameColumnsInSnakeCase(this ModelBuilder model)
    {
        foreach (var property in model.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            property.SetColumnName(Of(property.Name));
        }
    }

    /// <summary>The name of a property's column.</summary>
    public static string Of(string property) => WordStart().Replace(property, "_$0").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]")]
    private static partial Regex WordStart();
}
