using System.Text.Json.Nodes;

namespace Skypunch.Prober.Keystone;

/// <summary>The bodies of logins. Pure. They hold secrets and are shown nowhere.</summary>
internal static class KeystoneLogin
{
    /// <summary>The body of a login.</summary>
    public static string BodyOf(KeystoneIdentity identity, KeystoneVersion version) => (version switch
    {
        KeystoneVersion.V2 => V2(identity),
        _ when identity.IsApplicationCredential => V3ApplicationCredential(identity),
        _ => V3("password", Password(identity), ScopeOf(identity)),
    }).ToJsonString();

    /// <summary>The body of a login of v3 whose token can only be used to ask for a token with a scope.</summary>
    public static string WithoutScope(KeystoneIdentity identity) => V3("password", Password(identity), "unscoped").ToJsonString();

    /// <summary>The body that asks for the identity's scope with such a token.</summary>
    public static string WithScope(KeystoneIdentity identity, KeystoneToken token)
        => V3("token", new JsonObject { ["id"] = token.Value }, ScopeOf(identity)).ToJsonString();

    private static JsonObject V2(KeystoneIdentity identity)
    {
        var user = identity.UserName is { } name ? ("username", name) : ("userId", identity.UserId ?? "");
        var tenant = identity.ProjectId is { } id ? ("tenantId", id) : ("tenantName", identity.ProjectName ?? "");
        return new JsonObject
        {
            ["auth"] = new JsonObject
            {
                ["passwordCredentials"] = new JsonObject { [user.Item1] = user.Item2, ["password"] = identity.Secret },
                [tenant.Item1] = tenant.Item2,
            },
        };
    }

    private static JsonObject Password(KeystoneIdentity identity)
    {
        var user = Named(identity.UserId, identity.UserName, identity.UserDomainId, identity.UserDomainName);
        user["password"] = identity.Secret;
        return new JsonObject { ["user"] = user };
    }

    private static JsonObject ScopeOf(KeystoneIdentity identity) => true switch
    {
        _ when identity.IsSystem => new JsonObject { ["system"] = new JsonObject { ["all"] = true } },
        _ when identity.DomainId is { } id => new JsonObject { ["domain"] = new JsonObject { ["id"] = id } },
        _ when identity.DomainName is { } name => new JsonObject { ["domain"] = new JsonObject { ["name"] = name } },
        _ => new JsonObject
        {
            ["project"] = Named(identity.ProjectId, identity.ProjectName, identity.ProjectDomainId, identity.ProjectDomainName),
        },
    };

    // An application credential has its own project: a scope would be an error.
    private static JsonObject V3ApplicationCredential(KeystoneIdentity identity)
    {
        var credential = new JsonObject { ["secret"] = identity.Secret };
        if (identity.ApplicationCredentialId is { } id)
        {
            credential["id"] = id;
        }
        else
        {
            credential["name"] = identity.ApplicationCredentialName;
            credential["user"] = Named(identity.UserId, identity.UserName, identity.UserDomainId, identity.UserDomainName);
        }

        return V3("application_credential", credential, scope: null);
    }

    private static JsonObject V3(string method, JsonObject with, JsonNode? scope)
    {
        var auth = new JsonObject { ["identity"] = new JsonObject { ["methods"] = new JsonArray(method), [method] = with } };
        if (scope is not null)
        {
            auth["scope"] = scope;
        }

        return new JsonObject { ["auth"] = auth };
    }

    // An id needs no domain. A name is unique only within a domain, by default the one whose id is "default".
    private static JsonObject Named(string? id, string? name, string? domainId, string? domainName)
    {
        if (id is not null)
        {
            return new JsonObject { ["id"] = id };
        }

        var domain = domainId is null && domainName is not null
            ? new JsonObject { ["name"] = domainName }
            : new JsonObject { ["id"] = domainId ?? "default" };
        return new JsonObject { ["name"] = name, ["domain"] = domain };
    }
}
