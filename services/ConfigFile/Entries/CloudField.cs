using Skypunch.Admin.V1;

namespace Skypunch.ConfigFile.Entries;

/// <summary>The key <c>cloud</c>: a login that is written in clouds.yaml. It takes the place of <c>authn</c>, and lies under <c>authn_params</c>.</summary>
internal static class CloudField
{
    public static void Read(FieldValue value, Target target)
    {
        if (target.Authn is not (Authn.Unspecified or Authn.Openstack))
        {
            value.Fault("is a login to OPENSTACK, but authn says something else; leave one of them out");
            return;
        }

        target.Authn = Authn.Openstack;
        target.AuthnParams = value.Cloud(target.AuthnParams);
    }

    /// <summary>As with OpenStack's own tools, OS_CLOUD names the cloud where none is named and there is no other login.</summary>
    public static string? Default(Target target, Func<string, string?> environment)
        => target.Authn is Authn.Openstack && target.AuthnParams.Length == 0 && environment("OS_CLOUD") is { Length: > 0 } cloud ? cloud : null;
}
