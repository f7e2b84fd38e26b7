using Skypunch.Contracts.Filters;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;

namespace Skypunch.UnitTests.Scheduler;

/// <summary>Random targets and random filters over few values, among them those that databases like to compare in their own ways.</summary>
internal sealed class RandomFilters(int seed)
{
    private static readonly string[] Texts =
        ["shop", "Shop", "SHOP API", "shöp", "SHÖP", "shop ", "%", "_", "\\", "'", "\"", "a%b", "İ", "ß", "ss", "é", "e\u0301", "Ω", "😀", "ﬀ", "Ⱥ", "aȺbȾc", "0", "*", "AND", "(x)"];

    private static readonly string[] Groups = ["", "shop", "shop/cart", "Shop/cart", "shop/cart/api", "shopping", "sh%p/cart", "shöp"];
    private static readonly string[] Keys = ["team", "tier", "a.b/c", "z-"];
    private static readonly string[] Signs = ["<", "<=", ">", ">=", "=", "!="];

    private readonly Random _random = new(seed);

    public Target ATarget(int number) => Labelled(new Target
    {
        Name = $"{Any(Texts)}{number}{Any(Texts)}".Trim(),
        Url = $"http://{Any(Texts)}",
        Description = _random.Next(3) == 0 ? null : Any(Texts),
        GroupPath = Any(Groups) is { Length: > 0 } group ? group : null,
        Method = Any("GET", "POST", "Purge"),
        Authn = Any("NONE", "BASIC", "OAUTH2"),
        Status = Any(TargetStatus.New, TargetStatus.Pass, TargetStatus.Fail),
        Reason = Any("", "ok", "status_mismatch", "tls_error"),
        Enabled = _random.Next(2) == 0,
        Frequency = _random.Next(1, 4) * 30,
    });

    /// <summary>What a filter may ask of the row.</summary>
    public static FilterFacts FactsOf(Target row) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Url = row.Url,
        Description = row.Description ?? "",
        Group = row.GroupPath ?? "",
        Method = row.Method,
        Authn = row.Authn,
        Status = TargetStatusConverter.Write(row.Status),
        Reason = row.Reason,
        Enabled = row.Enabled,
        Frequency = row.Frequency,
        Labels = row.Labels.ToDictionary(label => label.Name, label => label.Value),
    };

    public string AFilter(int depth = 3) => _random.Next(depth == 0 ? 1 : 5) switch
    {
        1 => $"NOT {APart(depth - 1)}",
        2 => string.Join(" AND ", Enumerable.Range(0, _random.Next(2, 4)).Select(_ => APart(depth - 1))),
        3 => string.Join(" OR ", Enumerable.Range(0, _random.Next(2, 4)).Select(_ => APart(depth - 1))),
        _ => AComparison(),
    };

    private string APart(int depth) => $"({AFilter(depth)})";

    private string AComparison() => _random.Next(12) switch
    {
        0 => $"{Any("name", "url", "description", "reason")} {Any("=", "!=", ":")} {FilterText.Quoted(Any(Texts))}",
        1 => $"{Any("name", "url", "description", "reason")} : *",
        2 => $"status {Any("=", "!=")} {Any("NEW", "PASS", "fail")}",
        3 => $"enabled {Any("=", "!=")} {Any("true", "false")}",
        4 => $"group {Any("=", "!=")} {FilterText.Quoted(Any(Groups))}",
        5 => $"group : {FilterText.Quoted(Any(Groups[1..]))}",
        6 => $"labels.{Any(Keys)} {Any("=", "!=", ":")} {FilterText.Quoted(Any(Texts))}",
        7 => Any($"labels : {Any(Keys)}", $"labels.{Any(Keys)} : *", "group : *"),
        8 => $"method {Any("=", "!=")} {Any("get", "POST", "purge", "Purge")}",
        9 => $"authn {Any("=", "!=")} {Any("none", "BASIC")}",
        10 => $"frequency {Any(Signs)} {Any("30", "1m", "90s", "1d")}",
        _ => $"id {Any(Signs)} {_random.Next(30)}",
    };

    private Target Labelled(Target target)
    {
        target.Labels.AddRange(Keys.Where(_ => _random.Next(2) == 0).Select(key => new TargetLabel { Name = key, Value = _random.Next(6) == 0 ? "" : Any(Texts) }));
        return target;
    }

    private T Any<T>(params T[] values) => values[_random.Next(values.Length)];
}
