using System.Text;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Skypunch.Contracts.Texts;
using Skypunch.ServiceDefaults.AdminApi;
using static Skypunch.Contracts.Texts.TargetLimits;

namespace Skypunch.Scheduler.Targets;

/// <summary>What a target must be like to enter the store through the API. Pure; one line a rule. Expects the defaults to be filled in.</summary>
internal static class TargetRules
{
    /// <summary>Checks every field but the authentication's parameters.</summary>
    public static void Check(Admin.V1.Target target, FieldViolations faults)
    {
        faults.Require(IsName(target.Name), "target.name", $"must have 1 to {LongestName} characters on one line, without white space at its ends or marks of writing direction");
        faults.Require(
            IsDescription(target.Description),
            "target.description",
            $"must have at most {LongestDescription} characters, without control characters but line feeds and tabs, and without marks of writing direction");
        CheckLabels(target.Labels, faults);
        faults.Require(LabelText.FaultOfGroup(target.Group) is null, "target.group", LabelText.GroupRemedy);
        faults.Require(ProbeMethods.Fault(target.Method) is null, "target.method", ProbeMethods.Fault(target.Method) ?? "");
        faults.Require(System.Enum.IsDefined(target.Authn), "target.authn", "must be NONE, BASIC, OPENSTACK, OAUTH2 or DIGEST");
        faults.Require(
            ExpectedStatus.TryParse(target.PassResult, out _) && target.PassResult.Length <= LongestPassResult,
            "target.pass_result",
            "must be a status code from 100 to 999, or codes and ranges such as 200-299,304");
        CheckTimes(target, faults);
        CheckThreshold(target.FailureThreshold, "target.failure_threshold", faults);
        CheckThreshold(target.SuccessThreshold, "target.success_threshold", faults);
        AddressRules.Check(target, faults);
        RequestRules.Check(target, faults);
        AssertionRules.Check(target, faults);
    }

    /// <summary>Checks the authentication's parameters, plain as the caller gave them.</summary>
    public static void CheckAuthn(Authn authn, string parameters, FieldViolations faults)
    {
        const string Field = "target.authn_params";
        if (Encoding.UTF8.GetByteCount(parameters) > LargestAuthnParams)
        {
            faults.Add(Field, $"must not take more than {LargestAuthnParams} bytes");
        }
        else if (authn is Authn.None)
        {
            faults.Require(parameters.Length == 0, Field, "are given, but authn is NONE: choose BASIC, OPENSTACK, OAUTH2 or DIGEST");
        }
        else if (!ParameterText.TryParse(parameters, out var parsed, out var error))
        {
            faults.Add(Field, error);
        }
        else if (AuthnParameters.Missing(TargetWords.Of(authn), parsed) is { Count: > 0 } missing)
        {
            faults.Add(Field, $"lack {string.Join(", ", missing)}, which {TargetWords.Of(authn)} needs");
        }
        else
        {
            foreach (var (parameter, words) in FaultsOf(authn, parsed))
            {
                faults.Add(Field, $"has {parameter}, which {words}");
            }
        }
    }

    private static void CheckLabels(MapField<string, string> labels, FieldViolations faults)
    {
        const string Field = "target.labels";
        faults.Require(labels.Count <= LabelText.Most, Field, $"must be {LabelText.Most} at the most");
        foreach (var (key, value) in labels.OrderBy(label => label.Key, StringComparer.Ordinal).Take(LabelText.Most))
        {
            if (LabelText.FaultOfKey(key) is { } fault)
            {
                faults.Add(Field, $"have the key '{key}', which {fault}");
            }

            if (LabelText.FaultOfValue(value) is { } faultOfValue)
            {
                faults.Add(Field, $"have a value of '{key}' that {faultOfValue}");
            }
        }
    }

    private static IEnumerable<(string Parameter, string Words)> FaultsOf(Authn authn, IReadOnlyDictionary<string, string> parameters) => authn switch
    {
        Authn.Openstack => KeystoneParameters.Faults(parameters),
        Authn.Oauth2 => OAuth2Parameters.Faults(parameters),
        _ => [],
    };

    private static void CheckTimes(Admin.V1.Target target, FieldViolations faults)
    {
        var frequency = IsWholeSeconds(target.Frequency, LongestFrequency) ? target.Frequency.Seconds : (long?)null; // what is wrong is no bound
        faults.Require(frequency is not null, "target.frequency", $"must be a whole number of seconds from {ShortestFrequency}s to {DurationText.InOneUnit(TimeSpan.FromSeconds(LongestFrequency))}");

        var longest = Math.Min(LongestTimeout, frequency ?? LongestTimeout);
        faults.Require(
            GivenTimeout.Read(target.Timeout) is { } timeout && timeout <= TimeSpan.FromSeconds(longest),
            "target.timeout",
            $"must be a time from {ShortestTimeoutMs}ms to {longest}s{(longest < LongestTimeout ? ", the frequency" : "")}, in whole milliseconds");
        faults.Require(
            target.RetryInterval is null || IsWholeSeconds(target.RetryInterval, frequency ?? LongestFrequency),
            "target.retry_interval",
            $"must be a whole number of seconds from {ShortestFrequency}s to {(frequency is { } most ? $"{most}s, " : "")}the frequency");
    }

    private static bool IsName(string name)
        => name.Length is > 0 and <= LongestName && name.Trim().Length == name.Length && OneLine.Is(name);

    private static bool IsDescription(string text) => text.Length <= LongestDescription && OneLine.Is(text.Replace('\n', ' ').Replace('\t', ' '));

    private static bool IsWholeSeconds(Duration? duration, long most)
        => duration is { Nanos: 0, Seconds: >= ShortestFrequency } && duration.Seconds <= most;

    private static void CheckThreshold(int threshold, string field, FieldViolations faults)
        => faults.Require(threshold is >= 1 and <= HighestThreshold, field, $"must be from 1 to {HighestThreshold}");
}
