using Skypunch.Contracts.Texts;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Scheduling;

/// <summary>
/// What a claim writes into a target's row: the claimed slot and the next one, and the secrets that were plain or in the older format, now
/// sealed.
/// </summary>
/// <param name="Id">The target's id.</param>
/// <param name="Next">When the target is due next.</param>
/// <param name="Slot">The claimed slot; null: none is claimed.</param>
/// <param name="Until">The end of the claimed job's lease.</param>
/// <param name="GivenUp">A slot claimed earlier whose lease has ended without a result; null: there is none.</param>
/// <param name="Missed">How many slots are counted as missed.</param>
internal sealed record BookedRow(long Id, DateTimeOffset Next, DateTimeOffset? Slot, DateTimeOffset? Until, DateTimeOffset? GivenUp, long Missed)
{
    public static readonly BulkUpdate<BookedRow> Book = BulkUpdate<BookedRow>.ById(row => row.Id)
        .Set("next_probe_at", row => row.Next)
        .Set("in_flight_slot_at", row => row.Slot)
        .Set("in_flight_until", row => row.Until)
        .SetUnlessNull("last_slot_at", row => row.GivenUp)
        .Add("missed_count", row => row.Missed);

    // This is a statement of its own, since few claims have anything to seal.
    public static readonly BulkUpdate<BookedRow> Seal = BulkUpdate<BookedRow>.ById(row => row.Id)
        .SetUnlessNull(SecretNames.Authn, row => row.SealedAuthn)
        .SetUnlessNull(SecretNames.Headers, row => row.SealedHeaders)
        .SetUnlessNull(SecretNames.Body, row => row.SealedBody)
        .SetUnlessNull(SecretNames.Tls, row => row.SealedTls)
        .SetUnlessNull(SecretNames.Proxy, row => row.SealedProxy)
        .SetUnlessNull(SecretNames.QuerySecrets, row => row.SealedQuery);

    public string? SealedAuthn { get; init; }

    public string? SealedHeaders { get; init; }

    public string? SealedBody { get; init; }

    public string? SealedTls { get; init; }

    public string? SealedProxy { get; init; }

    public string? SealedQuery { get; init; }

    public bool IsToBeSealed => (SealedAuthn ?? SealedHeaders ?? SealedBody ?? SealedTls ?? SealedProxy ?? SealedQuery) is not null;
}
