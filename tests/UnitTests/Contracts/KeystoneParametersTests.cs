using Skypunch.Contracts.Texts;
using Skypunch.UnitTests.Prober;

namespace Skypunch.UnitTests.Contracts;

public sealed class KeystoneParametersTests
{
    private const string Complete = "user=u,password=p,tenantid=t,osauthendpoint=http://k:5000";

    [Theory]
    [InlineData(Complete, "")]
    [InlineData(Complete + ",verify=False,interface=publicURL,identity_api_version=v2.0,region_name=R,service_type=compute", "")]
    [InlineData("user=u,password=p,system_scope=all,auth_url=https://k/identity/v3", "")]
    [InlineData("user=u,password=p,domain_id=d,auth_url=https://k", "")]
    [InlineData("osauthendpoint=k:5000", "osauthendpoint")]
    [InlineData("auth_url=ftp://k", "auth_url")]
    [InlineData("auth_url=http://u:p@k:5000", "auth_url")]
    [InlineData(Complete + ",verify=maybe", "verify")]
    [InlineData(Complete + ",cacert=/etc/ssl/ca.pem", "cacert")]
    [InlineData(Complete + ",interface=private", "interface")]
    [InlineData(Complete + ",identity_api_version=4", "identity_api_version")]
    [InlineData(Complete + ",system_scope=some", "system_scope system_scope")]
    [InlineData(Complete + ",domain_id=d", "domain_id")]
    [InlineData("auth_url=k,verify=1", "auth_url verify")]
    public void Each_wrong_parameter_is_named(string text, string wrong)
    {
        Assert.True(ParameterText.TryParse(text, out var parameters, out _));

        Assert.Equal(wrong, string.Join(' ', KeystoneParameters.Faults(parameters).Select(fault => fault.Parameter)));
    }

    [Fact]
    public void An_authority_is_given_as_PEM()
    {
        using var certificate = ACertificate.SignedByAnAuthority(out var authority);

        Assert.Empty(KeystoneParameters.Faults(new Dictionary<string, string> { ["auth_url"] = "https://k", ["cacert"] = authority }));
    }
}
