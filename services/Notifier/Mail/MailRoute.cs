using System.Diagnostics.CodeAnalysis;
using MimeKit;
using Skypunch.Notifier.Notifiers;

namespace Skypunch.Notifier.Mail;

/// <summary>How mail goes to a notifier: where it is handed in and whom it is for.</summary>
internal sealed record MailRoute(SmtpSettings Settings, IReadOnlyList<MailboxAddress> To)
{
    /// <summary>Reads a notifier as it is stored: a row written by hand may hold anything.</summary>
    /// <param name="notifier">The notifier.</param>
    /// <param name="parameters">Its parameters in plain.</param>
    /// <param name="route">The route.</param>
    /// <param name="fault">All that is wrong with the notifier, in words.</param>
    public static bool TryPlan(
        StoredNotifier notifier,
        string? parameters,
        [NotNullWhen(true)] out MailRoute? route,
        [NotNullWhen(false)] out string? fault)
    {
        var faults = new List<string>();
        if (!notifier.Type.Equals(StoredNotifier.Smtp, StringComparison.OrdinalIgnoreCase))
        {
            faults.Add($"its type must be {StoredNotifier.Smtp}");
        }

        if (!MailAddresses.TryParse(notifier.Address, out var to, out var error))
        {
            faults.Add($"its address {error}");
        }

        if (!SmtpParameters.TryParse(parameters, out var settings, out var parameterFaults))
        {
            faults.AddRange(parameterFaults.Select(f => $"its params {f}"));
        }

        route = faults.Count == 0 ? new MailRoute(settings!, to!) : null;
        fault = faults.Count == 0 ? null : $"the notifier cannot be used: {string.Join("; ", faults)}";
        return route is not null;
    }

    /// <summary>The envelope of a message that goes this way.</summary>
    public MailEnvelope Envelope(string hostName, string messageId, DateTimeOffset date)
    {
        var from = MailboxAddress.Parse(Settings.Sender(hostName));
        return new MailEnvelope(new MailboxAddress(string.IsNullOrEmpty(from.Name) ? "Skypunch" : from.Name, from.Address), To, messageId, date);
    }
}
