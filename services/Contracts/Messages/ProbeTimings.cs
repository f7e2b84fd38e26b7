using MessagePack;

namespace Skypunch.Contracts;

/// <summary>
/// How long each phase of a probe took. Null: the phase was not reached, or the probe has no such phase (no TLS, an address instead of a
/// name).
/// </summary>
/// <param name="Auth">The time to get a token.</param>
/// <param name="Dns">The time to resolve the name.</param>
/// <param name="Connect">The time to make the TCP connection.</param>
/// <param name="Tls">The time of the TLS handshake.</param>
/// <param name="Wait">The time from the end of the request to the first byte of the answer.</param>
/// <param name="Transfer">The time from the first byte of the answer to the last.</param>
[MessagePackObject]
public sealed record ProbeTimings(
    [property: Key(0)] TimeSpan? Auth,
    [property: Key(1)] TimeSpan? Dns,
    [property: Key(2)] TimeSpan? Connect,
    [property: Key(3)] TimeSpan? Tls,
    [property: Key(4)] TimeSpan? Wait,
    [property: Key(5)] TimeSpan? Transfer)
{
    /// <summary>No phase was reached.</summary>
    public static readonly ProbeTimings None = new(null, null, null, null, null, null);
}
