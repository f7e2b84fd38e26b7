using System.Globalization;
using System.Text;

namespace Skypunch.ServiceDefaults.Secrets;

/// <summary>
/// The place of a secret: its table, column and row, or its job. The place is authenticated with the sealed text, so that a sealed text
/// that was copied to another place cannot be opened there.
/// </summary>
/// <remarks>
/// The text of the place is composed only when a secret is sealed or opened, since places are also made for the many rows and jobs without
/// secrets.
/// </remarks>
public readonly record struct SecretPlace
{
    private readonly string _column;
    private readonly long _id;
    private readonly DateTimeOffset _slot;
    private readonly string? _url;

    private SecretPlace(SecretPurpose purpose, string column, long id, DateTimeOffset slot = default, string? url = null)
        => (Purpose, _column, _id, _slot, _url) = (purpose, column, id, slot, url);

    /// <summary>What the secret is sealed for.</summary>
    public SecretPurpose Purpose { get; }

    /// <summary>The place of a secret in a table.</summary>
    /// <param name="purpose">The purpose, which stands for the table.</param>
    /// <param name="column">The column.</param>
    /// <param name="id">The id of the row.</param>
    public static SecretPlace InRow(SecretPurpose purpose, string column, long id) => new(purpose, column, id);

    /// <summary>The place of a secret in a job, which is for one target, one slot and one URL.</summary>
    /// <param name="column">The column of the target's row from which the secret comes.</param>
    /// <param name="targetId">The id of the target.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="url">The job's URL, to which the secret is sent.</param>
    public static SecretPlace InJob(string column, long targetId, DateTimeOffset slot, string? url) => new(SecretPurpose.Jobs, column, targetId, slot, url);

    /// <summary>The name of a purpose in places and in lists of keys.</summary>
    internal static string NameOf(SecretPurpose purpose) => purpose switch
    {
        SecretPurpose.Targets => "targets",
        SecretPurpose.Notifiers => "notifiers",
        _ => "jobs",
    };

    /// <summary>The bytes that are authenticated with the sealed text.</summary>
    internal byte[] ToBytes() => Encoding.UTF8.GetBytes(Purpose is SecretPurpose.Jobs
        ? string.Create(CultureInfo.InvariantCulture, $"{NameOf(Purpose)}/{_column}/{_id}/{_slot.UtcTicks}/{_url}")
        : string.Create(CultureInfo.InvariantCulture, $"{NameOf(Purpose)}/{_column}/{_id}"));
}
