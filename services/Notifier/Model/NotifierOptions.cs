using System.ComponentModel.DataAnnotations;
using Skypunch.ServiceDefaults.Egress;

namespace Skypunch.Notifier.Model;

/// <summary>How the Notifier delivers.</summary>
internal sealed class NotifierOptions
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "Notifier";

    /// <summary>How often the Notifier looks for due deliveries. A change that has just been announced is sent at once.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long it may take until the other end has one message, connecting included. A mail server then has ten minutes more to accept it.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Where more deliveries than this are due to one notifier, one message carries many of them: a digest. 0: never.
    /// </summary>
    [Range(0, DigestRule.Most)]
    public int DigestAbove { get; init; } = 10;

    /// <summary>How long a message that is being sent may still take when the Notifier is told to stop.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For how long a delivery that fails is tried again.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromDays(1);

    /// <summary>
    /// For how long the deliveries of a change are kept after it came in. Those that still wait to be sent are kept in any case.
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Networks (or addresses) that messages to a URL must not go to, separated by commas, beside link-local addresses and those of the
    /// clouds' metadata. The longest network that an address lies in decides between this list and <see cref="EgressAllow"/>. The lists do
    /// not apply to mail servers.
    /// </summary>
    [Networks]
    public string? EgressDeny { get; init; }

    /// <summary>Networks (or addresses) that messages to a URL may go to although a network that is as large or larger is denied.</summary>
    [Networks]
    public string? EgressAllow { get; init; }

    /// <summary>The longest claim of a sender of an earlier release, which gave no signs of life.</summary>
    public TimeSpan LeaseOfTheReleaseBefore => SendTimeout + StopTimeout + TimeSpan.FromMinutes(1);
}
