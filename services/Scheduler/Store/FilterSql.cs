using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts.Filters;
using Skypunch.Contracts.Texts;
using Skypunch.Scheduler.Model;

namespace Skypunch.Scheduler.Store;

/// <summary>
/// A filter as a condition that the database evaluates. Values are parameters, so that filters that differ in them only share a compiled
/// query. MySQL compares as SQLite and .NET do, by the collation <see cref="MySqlSchedulerDb.Exact"/>.
/// </summary>
internal sealed class FilterSql
{
    private static readonly ParameterExpression Row = Expression.Parameter(typeof(Target), "t");

    private readonly bool _isSqlite;

    private FilterSql(bool isSqlite) => _isSqlite = isSqlite;

    /// <summary>The targets that fulfil the filter; null: all do.</summary>
    public static IQueryable<Target> Where(SchedulerDb db, IQueryable<Target> targets, Filter? filter)
    {
        if (filter is null)
        {
            return targets;
        }

        db.ProvideFold();
        return targets.Where(Expression.Lambda<Func<Target, bool>>(new FilterSql(db.IsSqlite).Of(filter), Row));
    }

    private Expression Of(Filter filter) => filter switch
    {
        AllOf all => Joined([.. all.Parts.Select(Of)], Expression.AndAlso),
        AnyOf any => Joined([.. any.Parts.Select(Of)], Expression.OrElse),
        Negated negated => Expression.Not(Of(negated.Part)),
        IsEnabled => On(t => t.Enabled),
        NumberIs { Field: NumberField.Id, Number: var number } id => Compare(id.Sign, On(t => t.Id), On(_ => number)),
        NumberIs { Number: var number } frequency => Compare(frequency.Sign, On(t => (long)t.Frequency), On(_ => number)),
        TextIs { Field: TextField.Status, Value: var word } => StatusIs(TargetStatusConverter.Read(word)),
        TextIs { Field: TextField.Name, Value: var name } when !_isSqlite => Expression.AndAlso(On(t => t.Name == name), Is(TextField.Name, name)), // the index finds it
        TextIs text => Is(text.Field, text.Value),
        TextHas text => Has(Folded(Column(text.Field)), text.Folded),
        IsWithin { Group: var group } => WithinGroup(group),
        HasLabel { Key: var key } => On(t => t.Labels.Any(l => l.Name == key)),
        LabelIs { Key: var key, Value: var value } => On(t => t.Labels.Any(l => l.Name == key && l.Value == value)),
        LabelHas label => LabelHas(label.Key, label.Folded),
        _ => throw new NotSupportedException($"{filter.GetType().Name} has no SQL"),
    };

    // A chain as long as the filter would nest as deep.
    private static Expression Joined(Span<Expression> parts, Func<Expression, Expression, Expression> join)
        => parts.Length == 1 ? parts[0] : join(Joined(parts[..(parts.Length / 2)], join), Joined(parts[(parts.Length / 2)..], join));

    private static Expression StatusIs(TargetStatus status) => On(t => t.Status == status);

    private BinaryExpression Is(TextField field, string value) => Expression.Equal(Exactly(Column(field)), On(_ => value));

    private BinaryExpression WithinGroup(string group)
    {
        var inside = $"{group}/";
        var path = Exactly(Column(TextField.Group));
        return Expression.OrElse(Expression.Equal(path, On(_ => group)), Expression.Equal(Place(path, On(_ => inside)), Expression.Constant(1)));
    }

    private Expression LabelHas(string key, string folded) => _isSqlite
        ? On(t => t.Labels.Any(l => l.Name == key && FilterFunctions.Place(FilterFunctions.Fold(l.Value), folded) > 0))
        : On(t => t.Labels.Any(l => l.Name == key && FilterFunctions.Place(
            FilterFunctions.Fold(EF.Functions.Collate(l.Value, MySqlSchedulerDb.Exact).Replace("Ⱥ", "ⱥ").Replace("Ⱦ", "ⱦ")),
            folded) > 0));

    private static BinaryExpression Has(Expression folded, string part) => Expression.GreaterThan(Place(folded, On(_ => part)), Expression.Constant(0));

    private static Expression Column(TextField field) => field switch
    {
        TextField.Name => On(t => t.Name),
        TextField.Url => On(t => t.Url),
        TextField.Description => On(t => t.Description ?? ""),
        TextField.Method => On(t => t.Method),
        TextField.Authn => On(t => t.Authn),
        TextField.Reason => On(t => t.Reason),
        TextField.Group => On(t => t.GroupPath ?? ""),
        _ => throw new NotSupportedException($"{field} is no text in the store"),
    };

    private Expression Exactly(Expression text) => _isSqlite
        ? text
        : Expression.Call(
            typeof(RelationalDbFunctionsExtensions),
            nameof(RelationalDbFunctionsExtensions.Collate),
            [typeof(string)],
            Expression.Constant(EF.Functions),
            text,
            Expression.Constant(MySqlSchedulerDb.Exact));

    private MethodCallExpression Folded(Expression text)
        => Expression.Call(typeof(FilterFunctions), nameof(FilterFunctions.Fold), [], _isSqlite ? text : WithoutGrowing(Exactly(text)));

    // The two letters that take more bytes in lower case than in upper case. MySQL's LOWER cuts the text by as many.
    private static MethodCallExpression WithoutGrowing(Expression text) => Replace(Replace(text, "Ⱥ", "ⱥ"), "Ⱦ", "ⱦ");

    private static MethodCallExpression Replace(Expression text, string from, string to)
        => Expression.Call(text, nameof(string.Replace), [], Expression.Constant(from), Expression.Constant(to));

    private static MethodCallExpression Place(Expression text, Expression part) => Expression.Call(typeof(FilterFunctions), nameof(FilterFunctions.Place), [], text, part);

    private static BinaryExpression Compare(Comparison sign, Expression left, Expression right) => sign switch
    {
        Comparison.Equal => Expression.Equal(left, right),
        Comparison.NotEqual => Expression.NotEqual(left, right),
        Comparison.Less => Expression.LessThan(left, right),
        Comparison.LessOrEqual => Expression.LessThanOrEqual(left, right),
        Comparison.Greater => Expression.GreaterThan(left, right),
        _ => Expression.GreaterThanOrEqual(left, right),
    };

    // The body of a lambda, about the row of the whole filter. What a lambda captures becomes a parameter of the statement.
    private static Expression On<T>(Expression<Func<Target, T>> lambda) => new Rename(lambda.Parameters[0]).Visit(lambda.Body);

    private sealed class Rename(ParameterExpression from) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? Row : base.VisitParameter(node);
    }
}
