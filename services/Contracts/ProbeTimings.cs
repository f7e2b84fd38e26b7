using MessagePack;

namespace Skypunch.Contracts;

/// <summary>Where a probe's time went. Null: that phase was not reached, or there was none (no TLS, an address instead of a name).</summary>
/// <param name="Auth">Getting a token.</param>
/// <param name="Dns">Resolving the name.</param>
/// <param name="Connect">Making the TCP connection.</param>
/// <param name="Tls">The TLS handshake.</param>
/// <param name="Wait">From the request sent to the first byte of the answer.</param>
/// <param name="Transfer">From the first byte to the last.</param>
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
