using Skypunch.Contracts;
using Skypunch.Prober.Logins;

namespace Skypunch.Prober.Keystone;

/// <summary>What the operator can do where no token was to be had. Pure.</summary>
internal static class KeystoneAdvice
{
    public const string CorrectParameters = "Correct the target's authn_params.";
    public const string NotKeystone = "Correct osauthendpoint (auth_url): what answers there is not Keystone, or not this version of it.";
    public const string Moved = "Give the address that it redirects to as osauthendpoint (auth_url), if Keystone is there.";
    public const string Unwell = "Keystone is up but not well: its own log and its database tell more.";
    public const string NoName = "Correct the host in osauthendpoint (auth_url), or make the Prober's name service know it.";
    public const string NoListener = "Start Keystone, or correct the host and port in osauthendpoint (auth_url).";
    public const string NoAnswer = "See whether Keystone is up, and whether a firewall lets the Prober through to it.";
    public const string NoTrust = "Renew Keystone's certificate, give the authority that signed it as cacert (PEM), or do without: verify=false.";
    public const string CatalogMiss = "Correct the target's catalog service, region or interface, or register the endpoint in Keystone.";
    public const string EmptyCatalog = "The token's scope has no services: give a project in authn_params, or register the endpoints in Keystone.";

    /// <summary>The words for a Keystone that does not answer.</summary>
    public static readonly LoginWords Words = new()
    {
        Server = "Keystone",
        Whom = "Keystone",
        NoName = NoName,
        NoListener = NoListener,
        NoAnswer = NoAnswer,
        NoTrust = NoTrust,
        NotServer = NotKeystone,
        Unwell = Unwell,
    };

    /// <summary>What to do about a refused login.</summary>
    /// <param name="reason">One of <see cref="ProbeReasons"/>.</param>
    /// <param name="identity">Who was refused.</param>
    /// <param name="certain">Whether it is certain that the user or the secret was refused, and not the scope.</param>
    public static string? OfRefusal(string reason, KeystoneIdentity identity, bool certain) => reason switch
    {
        ProbeReasons.AuthRejected when identity.IsApplicationCredential =>
            $"Keystone rejected the secret of {identity.Who}, or it does not exist any more. {CorrectParameters}",
        ProbeReasons.AuthRejected when certain =>
            $"Keystone rejected the password of {identity.Who}, or does not know that user in that domain. {CorrectParameters}",
        ProbeReasons.AuthRejected =>
            $"Keystone rejected the password of {identity.Who}, or {identity.Scope}; it answers alike for both, the next login finds out. {CorrectParameters}",
        ProbeReasons.AuthForbidden =>
            $"Keystone lets {identity.Who} in, but not for {identity.Scope ?? "its project"}: it is not known, or the user has no role on it. "
            + "Correct the target's authn_params, or give the user a role.",
        _ => null,
    };
}
