using System.Linq.Expressions;
using System.Reflection;
using Skypunch.Scheduler.Model;

namespace Skypunch.Scheduler.Store;

/// <summary>What is read of a row of <c>targets</c>. Each expression is made once, of the marks at the columns; what is not read stands as by default.</summary>
internal static class TargetColumns
{
    private static readonly PropertyInfo[] All = [.. typeof(Target).GetProperties().Where(property => property.Name != nameof(Target.Labels))];

    /// <summary>All that the admin API shows: every column, but no text that is too long for a message.</summary>
    public static readonly Expression<Func<Target, Target>> OfApi = Of(All, _ => true);

    /// <summary>What makes a job and books its slot.</summary>
    public static readonly Expression<Func<Target, Target>> OfClaim = Of(ReadBy(Reader.Claim), MayBeLong);

    /// <summary>What a result changes, by what it is judged, and what is told of a change.</summary>
    public static readonly Expression<Func<Target, Target>> OfFold = Of(ReadBy(Reader.Fold), MayBeLong);

    /// <summary>The names of the columns that make a job, but the target's name, which no probe depends on: where one of them changes, another thing is probed.</summary>
    public static readonly IReadOnlySet<string> Probed = ReadBy(Reader.Claim).Select(column => column.Name).Except([nameof(Target.Name)]).ToHashSet();

    private static IEnumerable<PropertyInfo> ReadBy(Reader reader) => All.Where(column => MarkOf(column)?.Readers.HasFlag(reader) is true);

    private static bool MayBeLong(PropertyInfo column) => MarkOf(column)!.MayBeLong;

    private static ReadByAttribute? MarkOf(PropertyInfo column) => column.GetCustomAttribute<ReadByAttribute>();

    private static Expression<Func<Target, Target>> Of(IEnumerable<PropertyInfo> columns, Func<PropertyInfo, bool> mayBeLong)
    {
        var row = Expression.Parameter(typeof(Target), "t");
        var values = columns.Select(column => Expression.Bind(column, mayBeLong(column) ? OrTooLong(Expression.Property(row, column)) : Expression.Property(row, column)));
        return Expression.Lambda<Func<Target, Target>>(Expression.MemberInit(Expression.New(typeof(Target)), values), row);
    }

    private static Expression OrTooLong(MemberExpression column) => column.Type != typeof(string) ? column : Expression.Condition(
        Expression.GreaterThan(Expression.Property(column, nameof(string.Length)), Expression.Constant(Target.LongestText)),
        Expression.Constant(Target.TooLong),
        column);
}
