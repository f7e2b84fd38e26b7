using System.Globalization;
using System.Text;

namespace Skypunch.ServiceDefaults.Secrets;

/// <summary>Where a secret stands. Its place is authenticated with it, so that a sealed text that somebody has copied to another place does not open there.</summary>
public readonly record struct SecretPlace
{
    private readonly string _text;

    private SecretPlace(SecretPurpose purpose, string text)
    {
        Purpose = purpose;
        _text = text;
    }

    /// <summary>What the secret is sealed for.</summary>
    public SecretPurpose Purpose { get; }

    /// <summary>The place of a secret in a table.</summary>
    /// <param name="purpose">Tells the table.</param>
    /// <param name="column">The column.</param>
    /// <param name="id">The row.</param>
    public static SecretPlace InRow(SecretPurpose purpose, string column, long id)
        => new(purpose, string.Create(CultureInfo.InvariantCulture, $"{NameOf(purpose)}/{column}/{id}"));

    /// <summary>The place of a secret in a job: of one target, for one slot, to be used with one URL.</summary>
    /// <param name="column">The column of the target's row that the secret comes from.</param>
    /// <param name="targetId">The target.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="url">The job's URL: where the secret is sent.</param>
    public static SecretPlace InJob(string column, long targetId, DateTimeOffset slot, string? url)
        => new(SecretPurpose.Jobs, string.Create(CultureInfo.InvariantCulture, $"{NameOf(SecretPurpose.Jobs)}/{column}/{targetId}/{slot.UtcTicks}/{url}"));

    /// <summary>The name of a purpose in places and in lists of keys.</summary>
    internal static string NameOf(SecretPurpose purpose) => purpose switch
    {
        SecretPurpose.Targets => "targets",
        SecretPurpose.Notifiers => "notifiers",
        _ => "jobs",
    };

    /// <summary>What is authenticated with the secret.</summary>
    internal byte[] ToBytes() => Encoding.UTF8.GetBytes(_text);
}
