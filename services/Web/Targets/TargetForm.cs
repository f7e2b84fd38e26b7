using Google.Protobuf.Reflection;
using Skypunch.Admin.V1;
using Skypunch.ConfigFile.Fields;
using Skypunch.Contracts.Texts;
using Skypunch.Web.Forms;

namespace Skypunch.Web.Targets;

/// <summary>A part of the form: what most need stands open, the rest is folded until something is in it.</summary>
/// <param name="Title">The title; empty: it stands open and has none.</param>
/// <param name="Fields">The fields.</param>
public sealed record FormPart(string Title, IReadOnlyList<FormField> Fields)
{
    /// <summary>Whether it stands open.</summary>
    public bool IsOpen { get; init; }
}

/// <summary>The form of a target. Pure.</summary>
public static class TargetForm
{
    private static readonly (string Title, string Fields)[] Parts =
    [
        ("", "url name frequency timeout pass_result group labels description"),
        ("What must hold", "assertions failure_threshold success_threshold retry_interval"),
        ("The request", "method headers body content_type query_secrets follow_redirects max_redirects keep_cookies http_version ip_family proxy"),
        ("Login", "authn authn_params catalog.service_type catalog.region_name catalog.interface"),
        ("TLS", "tls.skip_verify tls.ca tls.client_certificate tls.client_key tls.server_name"),
    ];

    private static readonly string[] OfManyLines = ["labels", "assertions", "headers", "query_secrets", "body", "description", "tls.ca", "tls.client_certificate", "tls.client_key"];

    /// <summary>The fields of the form.</summary>
    public static IReadOnlyList<TargetField> Fields { get; } = [.. Parts.SelectMany(part => part.Fields.Split(' ')).Append("enabled").Select(TargetFields.Of)];

    /// <summary>The form as it is shown.</summary>
    /// <param name="texts">What is in each field.</param>
    /// <param name="stored">The target as it is stored; null: it is new.</param>
    /// <param name="faults">What is wrong, by the name of the field.</param>
    public static IReadOnlyList<FormPart> Of(IReadOnlyDictionary<string, string> texts, Target? stored, IReadOnlyDictionary<string, string> faults)
    {
        var fresh = new Target();
        return [.. Parts.Select((part, index) =>
        {
            var fields = part.Fields.Split(' ').Select(TargetFields.Of).ToList();
            return new FormPart(part.Title, [.. fields.Select(field => Field(field, texts.GetValueOrDefault(field.Name, ""), stored, faults.GetValueOrDefault(field.Name, "")))])
            {
                IsOpen = index == 0 || fields.Any(f => faults.ContainsKey(f.Name)
                    || (stored is not null && (TargetTexts.Of(f, stored) is var text && text.Length > 0 && text != TargetTexts.Of(f, fresh) && !IsDefault(f, stored)))),
            };
        })];
    }

    private static bool IsDefault(TargetField field, Target target) => field.Name switch
    {
        "method" => target.Method == TargetLimits.DefaultMethod,
        "authn" => target.Authn == Authn.None,
        "failure_threshold" => target.FailureThreshold == TargetLimits.DefaultThreshold,
        "success_threshold" => target.SuccessThreshold == TargetLimits.DefaultThreshold,
        "max_redirects" => target.MaxRedirects == TargetLimits.DefaultMaxRedirects,
        "http_version" => target.HttpVersion == HttpVersion._11,
        "ip_family" => target.IpFamily == IpFamily.Any,
        _ => false,
    };

    private static FormField Field(TargetField field, string text, Target? stored, string fault)
    {
        var kind = field switch
        {
            { Words.Count: > 0 } => FormKind.Choice,
            { Type: FieldType.Bool } => FormKind.Flag,
            _ when TargetTexts.IsHidden(field) && OfManyLines.Contains(field.Name) => FormKind.SecretLines,
            _ when TargetTexts.IsHidden(field) => FormKind.Secret,
            _ when OfManyLines.Contains(field.Name) => FormKind.Lines,
            _ => FormKind.Line,
        };
        return new FormField(field.Name, LabelOf(field), kind, text)
        {
            Help = HelpOf(field),
            Fault = fault,
            Choices = field.Words.Count > 0 ? ["", .. field.Words.Select(w => w.Word)] : [],
            IsRequired = field.Name is "name",
            Placeholder = field.Name switch
            {
                "url" => "https://example.org/health",
                "frequency" => "10s",
                "timeout" => "10s",
                "pass_result" => "200",
                "body" => stored?.HasBody == true ? "unchanged; it is not shown" : "",
                "authn_params" => stored is not null && stored.Authn is not (Authn.None or Authn.Unspecified) ? "unchanged; they are not shown" : "user=me,password=secret",
                "tls.client_key" => stored?.Tls?.ClientCertificate.Length > 0 ? "unchanged; it is not shown" : "",
                _ => "",
            },
        };
    }

    private static string LabelOf(TargetField field) => field.Name switch
    {
        "url" => "Address",
        "name" => "Name",
        "pass_result" => "Expected status",
        "frequency" => "Every",
        "timeout" => "Time that a probe may take",
        "labels" => "Labels",
        "assertions" => "Assertions",
        "headers" => "Headers",
        "method" => "Method",
        "authn" => "Kind of login",
        "authn_params" => "Parameters of the login",
        "failure_threshold" => "Failures in a row that make it FAIL",
        "success_threshold" => "Passes in a row that make it PASS again",
        "retry_interval" => "Time to the next probe after a failure",
        "query_secrets" => "Secret parameters of the address",
        "follow_redirects" => "Follow redirects",
        "max_redirects" => "The most redirects",
        "keep_cookies" => "Send the cookies of answers along redirects",
        "tls.skip_verify" => "Accept any certificate",
        "tls.ca" => "Authorities to trust (PEM)",
        "tls.client_certificate" => "Client certificate (PEM)",
        "tls.client_key" => "Key of the client certificate (PEM)",
        "catalog.service_type" => "Service of the OpenStack catalog",
        _ => field.Label.Length > 0 ? field.Label : field.Name,
    };

    // The help of the command line speaks of its files and signs; these need other words here.
    private static string HelpOf(TargetField field) => field.Name switch
    {
        "url" => "An http or https address, without a password in it; with a service of the OpenStack catalog a path.",
        "labels" => "KEY=VALUE, each on a line of its own, such as team=payments.",
        "assertions" => "Each on a line of its own: json $.status == \"ok\", body contains TEXT, latency < 500ms, certificate > 14d.",
        "headers" => "Name: value, each on a line of its own. A secret value is not shown; a line without a value keeps the stored one.",
        "query_secrets" => "NAME=VALUE, each on a line of its own: added to the address and shown to nobody. A line without a value keeps the stored one.",
        "body" => "For any method but HEAD.",
        "proxy" => "http://[USER:PASSWORD@]HOST:PORT",
        "follow_redirects" or "keep_cookies" or "tls.skip_verify" or "tls.ca" or "tls.client_certificate" or "tls.client_key" => "",
        _ => field.Help,
    };
}
