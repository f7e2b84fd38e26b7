using Skypunch.Contracts.Texts;

namespace Skypunch.UnitTests.Contracts;

public sealed class AuthnParametersTests
{
    [Theory]
    [InlineData("NONE", "", "")]
    [InlineData("BASIC", "user=me,password=x", "")]
    [InlineData("BASIC", "user=me", "password")]
    [InlineData("BASIC", "user=,password=", "user password")]
    [InlineData("OPENSTACK", "", "user password osauthendpoint tenantid")]
    [InlineData("OPENSTACK", "user=u,password=p,osauthendpoint=http://k:5000,tenantid=t", "")]
    [InlineData("OPENSTACK", "username=u,password=p,auth_url=http://k:5000,project_name=t", "")]
    [InlineData("OPENSTACK", "username=u,password=p,auth_url=http://k:5000,system_scope=all", "")]
    [InlineData("OPENSTACK", "username=u,password=p,auth_url=http://k:5000,domain_id=d", "")]
    [InlineData("OPENSTACK", "username=u,password=p,auth_url=http://k:5000,project_domain_id=d", "tenantid")]
    [InlineData("OPENSTACK", "application_credential_id=i,auth_url=http://k:5000", "application_credential_secret")]
    [InlineData("OPENSTACK", "application_credential_name=n,application_credential_secret=s,auth_url=http://k:5000", "user")]
    public void Names_each_missing_parameter(string authn, string text, string missing)
    {
        Assert.True(ParameterText.TryParse(text, out var parameters, out _));

        Assert.Equal(missing, string.Join(' ', AuthnParameters.Missing(authn, parameters)));
    }
}
