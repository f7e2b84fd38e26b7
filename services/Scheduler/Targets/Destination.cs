namespace Skypunch.Scheduler.Targets;

/// <summary>
/// Where a target's secrets go, and who is believed to be there. A secret that the API does not show must not follow a target to another place: whoever may change a target could have it sent
/// to a host of his own and read it there. Pure.
/// </summary>
internal sealed record Destination
{
    private const string Remedy = "must be given again: the change sends the target's requests elsewhere, or checks less who is there, and a stored secret does not follow";

    private readonly string _place;
    private readonly bool _verifies;
    private readonly string _trusts;
    private readonly bool _followsRedirects;
    private readonly string _proxy;

    private Destination(Admin.V1.Target target)
    {
        _place = target.Catalog is not null ? "catalog" // whichever service: the cloud that the login goes to says where
            : Uri.TryCreate(target.Url, UriKind.Absolute, out var url) ? $"{url.Scheme}://{url.IdnHost}:{url.Port}"
            : target.Url;
        _verifies = target.Tls is not { SkipVerify: true };
        _trusts = _verifies ? $"{target.Tls?.ServerName}\n{target.Tls?.Ca}" : "";
        _followsRedirects = target.FollowRedirects;
        _proxy = Contracts.Texts.ProxyUrl.Read(target.Proxy, out var proxy) is null ? proxy!.Url.Authority : "";
    }

    /// <summary>Looks whether a change leaves secrets behind that it would send elsewhere.</summary>
    /// <param name="stored">The target as it is, with its secrets.</param>
    /// <param name="hasAuthnParams">Whether it has parameters of its authentication, which are not in <paramref name="stored"/>.</param>
    /// <param name="changed">The target as it will be.</param>
    /// <param name="given">What the caller gives.</param>
    /// <param name="fields">The fields that it is for.</param>
    /// <param name="faults">Takes each secret that is wanted again.</param>
    public static void Check(
        Admin.V1.Target stored,
        bool hasAuthnParams,
        Admin.V1.Target changed,
        Admin.V1.Target given,
        IReadOnlySet<string> fields,
        ServiceDefaults.AdminApi.FieldViolations faults)
    {
        if (new Destination(changed).IsWithin(new Destination(stored)))
        {
            return;
        }

        faults.Require(!hasAuthnParams || changed.Authn is Admin.V1.Authn.None || fields.Contains("authn_params"), "target.authn_params", Remedy);
        faults.Require(!KeepsHeader(fields.Contains("headers") ? given : stored, fields), "target.headers", Remedy);
        faults.Require(!KeepsParameter(fields.Contains("query_secrets") ? given : stored, fields), "target.query_secrets", Remedy);
        faults.Require(stored.Body.Length == 0 || fields.Contains("body"), "target.body", Remedy);
        faults.Require(
            stored.Tls is not { ClientKey.Length: > 0 } kept || changed.Tls?.ClientKey != kept.ClientKey || given.Tls is { ClientKey.Length: > 0 },
            "target.tls.client_key",
            Remedy);
    }

    // A secret header that is given without its value keeps the stored one.
    private static bool KeepsHeader(Admin.V1.Target target, IReadOnlySet<string> fields)
        => target.Headers.Any(header => Contracts.Texts.HeaderText.IsSecret(header.Name) && (header.Value.Length == 0 || !fields.Contains("headers")));

    private static bool KeepsParameter(Admin.V1.Target target, IReadOnlySet<string> fields)
        => target.QuerySecrets.Any(parameter => parameter.Value.Length == 0 || !fields.Contains("query_secrets"));

    // To check more, to follow no redirects any more, or to go directly, leads nowhere else. A proxy reads what passes through it in clear text.
    private bool IsWithin(Destination before)
        => _place == before._place
        && (_verifies || !before._verifies)
        && (_trusts == before._trusts || !before._verifies)
        && (!_followsRedirects || before._followsRedirects)
        && (_proxy.Length == 0 || _proxy == before._proxy);
}
