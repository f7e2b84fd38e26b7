using Skypunch.Contracts.Filters;
using Skypunch.Web.Rendering;

namespace Skypunch.Web.Targets;

/// <summary>
/// What the list of targets shows, as it stands in the address: a state, a group, and a text that is an expression or a part of a name or address.
/// </summary>
/// <param name="Status">"FAIL", "PASS", "NEW", "off" for disabled ones; empty: all.</param>
/// <param name="Group">The group; empty: all.</param>
/// <param name="Text">What was typed.</param>
/// <param name="Order">By what they are ordered, as the API has it; empty: what fails comes first.</param>
public sealed record TargetQuery(string Status, string Group, string Text, string Order)
{
    private static readonly string[] Orders = ["name", "name desc", "since desc", "since", "id"];

    /// <summary>The order of the API.</summary>
    public string OrderBy => Order.Length > 0 ? Order : "status";

    /// <summary>Whether all targets are meant.</summary>
    public bool IsAll => Status.Length + Group.Length + Text.Length == 0;

    public static TargetQuery Of(Visit visit) => new(visit.Query("status") is "FAIL" or "PASS" or "NEW" or "off" ? visit.Query("status") : "", visit.Query("group"), visit.Query("q"), Orders.FirstOrDefault(order => order == visit.Query("order")) ?? "");

    /// <summary>The filter of the API; empty: all.</summary>
    public string Filter() => string.Join(" AND ", Parts());

    /// <summary>The query of an address that shows this.</summary>
    public string Address()
        => string.Join('&', new[] { ("status", Status), ("group", Group), ("q", Text), ("order", Order) }.Where(p => p.Item2.Length > 0).Select(p => $"{p.Item1}={Uri.EscapeDataString(p.Item2)}"));

    private IEnumerable<string> Parts()
    {
        if (Status.Length > 0)
        {
            yield return Status == "off" ? "enabled = false" : $"status = {Status} AND enabled = true";
        }

        if (Group.Length > 0)
        {
            yield return $"group : {FilterText.Quoted(Group)}";
        }

        if (Text.Length > 0)
        {
            yield return IsExpression(Text) ? $"({Text})" : $"(name : {FilterText.Quoted(Text)} OR url : {FilterText.Quoted(Text)})";
        }
    }

    // "status = FAIL" is an expression, right or wrong; "https://example.org/?a=b" and "My shop" are what to look for.
    private static bool IsExpression(string text)
        => FilterText.TryParse(text, out _, out _) || (text.AsSpan().IndexOfAny("=<>") > 0 && !text.StartsWith("http", StringComparison.OrdinalIgnoreCase));
}
