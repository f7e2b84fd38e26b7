using Skypunch.Admin.V1;

namespace Skypunch.ConfigFile.Entries;

/// <summary>The keys of a target.</summary>
internal static class TargetSchema
{
    private static readonly (string, Authn)[] Authns =
    [
        ("NONE", Authn.None),
        ("BASIC", Authn.Basic),
        ("OPENSTACK", Authn.Openstack),
    ];

    public static readonly EntrySchema<Target> Schema = new("target", target => target.Name,
    [
        new("name", (value, target) => target.Name = value.Text()) { IsRequired = true },
        new("url", (value, target) => target.Url = value.Text()) { IsRequired = true },
        new("method", (value, target) => target.Method = value.Text().ToUpperInvariant()),
        new("authn", (value, target) => target.Authn = value.OneOf(Authns)),
        new("authn_params", (value, target) => target.AuthnParams = value.Parameters()),
        new("cloud", CloudField.Read) { Default = CloudField.Default, Gives = "authn_params" }, // it completes the two before it
        new("pass_result", (value, target) => target.PassResult = value.Text()) { Alias = "expect" },
        new("frequency", (value, target) => target.Frequency = value.Duration()) { Alias = "interval" },
        new("timeout", (value, target) => target.Timeout = value.Duration()),
        new("enabled", (value, target) => target.Enabled = value.Flag()),
        new("failure_threshold", (value, target) => target.FailureThreshold = value.Count()),
        new("success_threshold", (value, target) => target.SuccessThreshold = value.Count()),
    ]);
}
