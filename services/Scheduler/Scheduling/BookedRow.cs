using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Scheduling;

/// <summary>What a claim writes into a target's row: its slot and the next one, and the secrets that stood there plain or of the format before.</summary>
internal sealed record BookedRow(long Id, DateTimeOffset Next, DateTimeOffset? Slot, DateTimeOffset? Until, DateTimeOffset? GivenUp, long Missed)
{
    public static readonly BulkUpdate<BookedRow> Book = new(
        row => row.Id,
        [
            ("next", "DATETIME(6)", row => row.Next), ("slot", "DATETIME(6)", row => row.Slot), ("until", "DATETIME(6)", row => row.Until),
            ("given_up", "DATETIME(6)", row => row.GivenUp), ("missed", "BIGINT", row => row.Missed),
        ],
        """
        next_probe_at = r.next, in_flight_slot_at = r.slot, in_flight_until = r.until, last_slot_at = COALESCE(r.given_up, targets.last_slot_at),
        missed_count = CASE WHEN targets.missed_count > 9223372036854775807 - r.missed THEN 9223372036854775807 ELSE targets.missed_count + r.missed END
        """);

    // A statement of its own, as hardly a claim has anything to seal.
    public static readonly BulkUpdate<BookedRow> Seal = new(
        row => row.Id,
        [
            ("sealed_authn", "LONGTEXT", row => row.SealedAuthn), ("sealed_headers", "LONGTEXT", row => row.SealedHeaders),
            ("sealed_body", "LONGTEXT", row => row.SealedBody), ("sealed_tls", "LONGTEXT", row => row.SealedTls),
            ("sealed_proxy", "LONGTEXT", row => row.SealedProxy), ("sealed_query", "LONGTEXT", row => row.SealedQuery),
        ],
        """
        authn_parms = COALESCE(r.sealed_authn, targets.authn_parms), headers = COALESCE(r.sealed_headers, targets.headers),
        body = COALESCE(r.sealed_body, targets.body), tls_parms = COALESCE(r.sealed_tls, targets.tls_parms),
        proxy = COALESCE(r.sealed_proxy, targets.proxy), query_secrets = COALESCE(r.sealed_query, targets.query_secrets)
        """);

    public string? SealedAuthn { get; init; }

    public string? SealedHeaders { get; init; }

    public string? SealedBody { get; init; }

    public string? SealedTls { get; init; }

    public string? SealedProxy { get; init; }

    public string? SealedQuery { get; init; }

    public bool IsToBeSealed => (SealedAuthn ?? SealedHeaders ?? SealedBody ?? SealedTls ?? SealedProxy ?? SealedQuery) is not null;
}
