using Skypunch.Prober.Logins;


namespace Skypunch.Prober.Keystone;

/// <summary>A token of Keystone, which is sent as X-Auth-Token.</summary>
internal sealed class KeystoneToken(string value, DateTimeOffset issuedAt, DateTimeOffset expiresAt) : LoginToken(value, issuedAt, expiresAt)
{
    /// <summary>The services that came with the token.</summary>
    public KeystoneCatalog Catalog { get; init; } = KeystoneCatalog.Empty;
}
