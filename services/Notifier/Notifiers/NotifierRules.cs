using Skypunch.Admin.V1;
using Skypunch.Contracts;
using Skypunch.Notifier.Mail;
using Skypunch.ServiceDefaults.AdminApi;

namespace Skypunch.Notifier.Notifiers;

/// <summary>What a notifier may be. Pure.</summary>
internal static class NotifierRules
{
    public const int LongestName = 256;
    public const int LongestAddress = MailAddresses.Longest;
    public const int LongestParams = SmtpParameters.Longest;

    /// <summary>The fields that a caller may set.</summary>
    public static readonly IReadOnlyCollection<string> Writable = ["name", "type", "address", "params", "enabled"];

    /// <summary>Checks fields of a notifier that a caller gives.</summary>
    /// <param name="notifier">The notifier; null: the request has none.</param>
    /// <param name="fields">Which of its fields count.</param>
    /// <param name="violations">Takes all that is wrong.</param>
    public static void Check(Admin.V1.Notifier? notifier, IReadOnlySet<string> fields, FieldViolations violations)
    {
        if (notifier is null)
        {
            violations.Add("notifier", "must be given");
            return;
        }

        if (fields.Contains("name"))
        {
            CheckName(notifier.Name, violations);
        }

        if (fields.Contains("type"))
        {
            violations.Require(
                notifier.Type is NotifierType.Unspecified or NotifierType.Smtp,
                "notifier.type",
                "must be NOTIFIER_TYPE_SMTP, the one there is");
        }

        if (fields.Contains("address"))
        {
            CheckAddress(notifier.Address, violations);
        }

        if (fields.Contains("params"))
        {
            CheckParams(notifier.Params, violations);
        }
    }

    private static void CheckName(string name, FieldViolations violations)
    {
        violations.Require(
            name.Trim().Length > 0 && name.Length <= LongestName && name.Trim().Length == name.Length && OneLine.Is(name),
            "notifier.name",
            $"must have 1 to {LongestName} characters on one line, without white space at its ends or marks of writing direction");
    }

    private static void CheckAddress(string address, FieldViolations violations)
    {
        if (!MailAddresses.TryParse(address, out _, out var error))
        {
            violations.Add("notifier.address", error);
        }
    }

    private static void CheckParams(string parameters, FieldViolations violations)
    {
        if (!SmtpParameters.TryParse(parameters, out _, out var faults))
        {
            foreach (var fault in faults)
            {
                violations.Add("notifier.params", fault);
            }
        }
    }
}
