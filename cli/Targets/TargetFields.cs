using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Skypunch.Cli.Options;
using Skypunch.Contracts;

namespace Skypunch.Cli.Targets;

/// <summary>The options that describe a target, the same for a new one and for a change.</summary>
internal sealed class TargetFields
{
    public TargetFields()
    {
        var method = Parsed.Text("--method", "METHOD", "GET (the default), HEAD, POST, PUT, PATCH, DELETE, OPTIONS, or any other but TRACE and CONNECT.");
        var authn = Parsed.Choice(
            "--authn",
            "KIND",
            "NONE (the default), BASIC, DIGEST, OPENSTACK or OAUTH2.",
            ("NONE", Authn.None), ("BASIC", Authn.Basic), ("OPENSTACK", Authn.Openstack),
            ("OAUTH2", Authn.Oauth2), ("DIGEST", Authn.Digest));
        var authnParams = Parsed.Text(
            "--authn-params",
            "PARAMS",
            "user=NAME,password=SECRET; a value with a comma in double quotes. "
            + FileValues.SecretWords);
        var expect = Parsed.Text("--expect", "CODES", "The HTTP status codes that pass, such as 200 (the default) or 200-299,304.");
        var frequency = Parsed.Duration("--frequency", "The time between two probes, 1s to 1d. Default: 10s.");
        var timeout = Parsed.Time(
            "--timeout", "The time that a probe may take, 100ms up to the frequency and 5m. Default: 10s, or the frequency.");
        var assertions = Parsed.Texts(
            "--assert",
            "'ASSERTION'",
            "What must hold beside the status; may be given several times: body [not] contains TEXT, body [not] matches REGEX, "
            + "json $.path == VALUE (also !=; with a number <, <=, >, >=), json $.path exists or absent, json $.path [not] matches REGEX, "
            + "json $.path length > 0, header NAME present or absent, header NAME [not] matches REGEX, latency < 500ms (or >), certificate > 14d. "
            + "Examples: 'json $.queue < 100', 'body not contains error'.");
        var retry = Parsed.Duration(
            "--retry-interval", "The time to the next probe after a failure that does not make it FAIL yet. 0 (the default): the frequency.");
        var failures = Parsed.Number("--failure-threshold", "Failures in a row that make it FAIL. Default: 1.");
        var successes = Parsed.Number("--success-threshold", "Passes in a row that make it PASS again. Default: 1.");
        All =
        [
            new("method", method, (s, t) => t.Method = ProbeMethods.Of(s.Given.GetValue(method))),
            new("authn", authn, (s, t) => t.Authn = s.Given.GetValue(authn)),
            new("authn_params", authnParams, (s, t) => t.AuthnParams = s.Secret(authnParams)),
            new("pass_result", expect, (s, t) => t.PassResult = s.Given.GetValue(expect)!),
            new("frequency", frequency, (s, t) => t.Frequency = s.Given.GetValue<Duration>(frequency)),
            new("timeout", timeout, (s, t) => t.Timeout = s.Given.GetValue<Duration>(timeout)),
            new("failure_threshold", failures, (s, t) => t.FailureThreshold = s.Given.GetValue(failures)),
            new("success_threshold", successes, (s, t) => t.SuccessThreshold = s.Given.GetValue(successes)),
            new("retry_interval", retry, (s, t) => t.RetryInterval = s.Given.GetValue(retry) is { Seconds: > 0 } given ? given : null),
            new("assertions", assertions, (s, t) => t.Assertions.Add(s.Given.GetValue(assertions))),
            .. TargetRequestOptions.Create(),
            .. TargetWayOptions.Create(),
            .. TargetTlsOptions.Create(),
            .. Catalog.All,
        ];
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<RequestField<Target>> All { get; }

    /// <summary>Those that find the URL in a catalog.</summary>
    public TargetCatalogOptions Catalog { get; } = new();

    /// <summary>The flag that switches a target on or off.</summary>
    public static RequestField<Target> Switch(Option<bool> flag, bool enabled) => new("enabled", flag, (_, t) => t.Enabled = enabled);
}
