using Skypunch.Admin.V1;
using Skypunch.Cli.Output;
using Skypunch.ConfigFile.Fields;

namespace Skypunch.Cli.Targets;

/// <summary>The rows of a target's table for what differs from the default: most targets have none of these rows.</summary>
internal static class TargetRequestRows
{
    private const string Given = "given, not shown";

    private const string Order = "headers query_secrets body content_type follow_redirects keep_cookies proxy http_version ip_family catalog.region_name catalog.interface "
        + "tls.skip_verify tls.server_name tls.ca tls.client_certificate assertions retry_interval";

    private static readonly IReadOnlyList<TargetField> Fields = [.. TargetFields.InOrder(Order).Where(field => field.Label.Length > 0)];

    // What is not shown as files have it; a list has a row for each item.
    private static readonly Dictionary<string, Func<Target, IEnumerable<TableCell>>> Own = new()
    {
        ["labels"] = target => target.Labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => (TableCell)$"{label.Key}={label.Value}"),
        ["headers"] = target => target.Headers.Select(header => (TableCell)$"{header.Name}: {(header.Value.Length > 0 ? header.Value : Given)}"),
        ["query_secrets"] = target => target.QuerySecrets.Select(parameter => (TableCell)$"{parameter.Name}: {Given}"),
        ["body"] = target => [target.HasBody ? Given : ""],
        ["follow_redirects"] = target => [target.FollowRedirects ? $"{target.MaxRedirects} at the most" : ""],
        ["keep_cookies"] = target => [target.KeepCookies ? "kept over the redirects of a probe" : ""],
        ["tls.skip_verify"] = target => [target.Tls is { SkipVerify: true } ? new TableCell("off: any certificate is accepted", Good: false) : ""],
        ["tls.ca"] = target => [Certificates(target.Tls?.Ca)],
        ["tls.client_certificate"] = target => [Certificates(target.Tls?.ClientCertificate)],
        ["assertions"] = target => target.Assertions.Select(assertion => (TableCell)assertion),
        ["retry_interval"] = target => [target.RetryInterval is { Seconds: var seconds } ? seconds : ""],
    };

    private static readonly Target ByDefault = new();

    public static IEnumerable<(string Name, TableCell Value)> Of(Target target) => Fields
        .SelectMany(field => CellsOf(field, target).Select(cell => (field.Label, cell)))
        .Append(("Advice", target.State?.Advice ?? ""))
        .Where(row => row.Item2.Text.Length > 0);

    private static IEnumerable<TableCell> CellsOf(TargetField field, Target target)
    {
        if (Own.GetValueOrDefault(field.Name) is { } own)
        {
            return own(target);
        }

        var text = field.TextOf(target);
        return text == field.TextOf(ByDefault) ? [] : [text];
    }

    private static string Certificates(string? pem) => (pem?.Split("-----BEGIN CERTIFICATE-----").Length - 1 ?? 0) switch
    {
        0 => "",
        1 => "1 certificate",
        var count => $"{count} certificates",
    };
}
