using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Skypunch.Cli.Options;

namespace Skypunch.Cli.Targets;

/// <summary>The options that describe a target, the same for a new one and for a change.</summary>
internal sealed class TargetFields
{
    public TargetFields()
    {
        var method = Parsed.Text("--method", "METHOD", "GET (the default), PUT, POST, DELETE, HEAD or PATCH.");
        var authn = Parsed.Choice(
            "--authn",
            "KIND",
            "NONE (the default), BASIC or OPENSTACK.",
            ("NONE", Authn.None), ("BASIC", Authn.Basic), ("OPENSTACK", Authn.Openstack));
        var authnParams = Parsed.Text(
            "--authn-params",
            "PARAMS",
            "user=NAME,password=SECRET; a value with a comma in double quotes. "
            + "With '-' they are read from stdin, which keeps them out of 'ps'.");
        var expect = Parsed.Text("--expect", "CODES", "The HTTP status codes that pass, such as 200 (the default) or 200-299,304.");
        var frequency = Parsed.Duration("--frequency", "The time between two probes, 1s to 1d. Default: 10s.");
        var timeout = Parsed.Duration(
            "--timeout", "The time that a probe may take, up to the frequency and 5m. Default: 10s, or the frequency.");
        var failures = Parsed.Number("--failure-threshold", "Failures in a row that make it FAIL. Default: 1.");
        var successes = Parsed.Number("--success-threshold", "Passes in a row that make it PASS again. Default: 1.");
        All =
        [
            new("method", method, (s, t) => t.Method = s.Given.GetValue(method)!.ToUpperInvariant()),
            new("authn", authn, (s, t) => t.Authn = s.Given.GetValue(authn)),
            new("authn_params", authnParams, (s, t) => t.AuthnParams = s.Secret(authnParams)),
            new("pass_result", expect, (s, t) => t.PassResult = s.Given.GetValue(expect)!),
            new("frequency", frequency, (s, t) => t.Frequency = s.Given.GetValue<Duration>(frequency)),
            new("timeout", timeout, (s, t) => t.Timeout = s.Given.GetValue<Duration>(timeout)),
            new("failure_threshold", failures, (s, t) => t.FailureThreshold = s.Given.GetValue(failures)),
            new("success_threshold", successes, (s, t) => t.SuccessThreshold = s.Given.GetValue(successes)),
        ];
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<RequestField<Target>> All { get; }

    /// <summary>The flag that switches a target on or off.</summary>
    public static RequestField<Target> Switch(Option<bool> flag, bool enabled) => new("enabled", flag, (_, t) => t.Enabled = enabled);
}
