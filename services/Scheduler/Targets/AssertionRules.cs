using Skypunch.Contracts.Texts;
using Skypunch.ServiceDefaults.AdminApi;

namespace Skypunch.Scheduler.Targets;

/// <summary>Assertions that can be read, and that the rest of the target does not make pointless. Pure; one line a rule.</summary>
internal static class AssertionRules
{
    private const string Field = "target.assertions";

    public static void Check(Admin.V1.Target target, FieldViolations faults)
    {
        faults.Require(target.Assertions.Count <= AssertionText.Most, Field, $"must be {AssertionText.Most} at the most");
        foreach (var text in target.Assertions.Take(AssertionText.Most))
        {
            if (Fault(text.Trim(), target) is { } fault)
            {
                faults.Add(Field, fault);
            }
        }
    }

    private static string? Fault(string text, Admin.V1.Target target)
    {
        if (!AssertionText.TryParseOne(text, out var assertion, out var error))
        {
            return error;
        }

        var timeout = GivenTimeout.Read(target.Timeout) ?? TimeSpan.MaxValue; // what is wrong is no bound
        return assertion switch
        {
            Latency { Limit: var most } when most >= timeout =>
                $"has '{text}', but a probe is given {timeout.TotalSeconds:0.###}s: choose less than the timeout",
            CertificateValidFor when !AddressRules.IsInCatalog(target) && !target.Url.StartsWith("https:", StringComparison.OrdinalIgnoreCase) =>
                $"has '{text}', but only an https URL has a certificate",
            _ => null,
        };
    }
}
