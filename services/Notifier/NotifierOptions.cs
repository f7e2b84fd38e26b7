using System.ComponentModel.DataAnnotations;

namespace Skypunch.Notifier;

/// <summary>How the Notifier delivers.</summary>
internal sealed class NotifierOptions
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "Notifier";

    /// <summary>How often it looks for deliveries that are due. What has just been announced is sent at once.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long it may take until the mail server has one message, connecting included. To accept it, the server has ten minutes more.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a message that is being handed in may still take when the Notifier is told to stop.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For how long a delivery that fails is tried again.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromDays(1);

    /// <summary>For how long the deliveries of a change are kept after it came in. Those that still wait to be sent are kept in any case.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(30);

    /// <summary>For how long a sender of the release before, which gave no signs of life, keeps a delivery at the most.</summary>
    public TimeSpan LeaseOfTheReleaseBefore => SendTimeout + StopTimeout + TimeSpan.FromMinutes(1);
}
