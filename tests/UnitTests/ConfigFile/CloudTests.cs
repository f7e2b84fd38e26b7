using Skypunch.Admin.V1;

namespace Skypunch.UnitTests.ConfigFile;

public sealed class CloudTests
{
    private const string Clouds =
        """
        clouds:
          prod:
            auth:
              auth_url: https://keystone.example.org/v3
              username: monitor
              password: "a,b"
              project_name: ops
              user_domain_name: Default
              project-domain-name: Default
            region_name: RegionOne
            interface: internalURL
            identity_api_version: 3
            verify: True
            networks: [{name: net}]
          stage:
            auth: {auth_url: https://stage.example.org, username: monitor, password: s, tenant_id: t, domain_id: default}
            auth_type: v3password
            insecure: true
          app:
            auth_type: v3applicationcredential
            auth: {auth_url: https://keystone.example.org/v3, application_credential_id: i, application_credential_secret: s, project_name: no}
        """;

    [Fact]
    public void A_cloud_is_the_login_of_a_target()
    {
        var document = new CloudSetting().With("clouds.yaml", Clouds).Read("cloud: prod");

        var target = Assert.Single(document.Targets).Resource;
        Assert.Empty(document.Faults);
        Assert.Equal(Authn.Openstack, target.Authn);
        Assert.Equal(
            "auth_url=https://keystone.example.org/v3,identity_api_version=3,username=monitor,user_domain_name=Default,password=\"a,b\","
            + "project_name=ops,project_domain_name=Default,region_name=RegionOne,interface=internal",
            target.AuthnParams);
    }

    [Theory]
    [InlineData("stage", "auth_url=https://stage.example.org identity_api_version=3 username=monitor user_domain_id=default password=s project_id=t project_domain_id=default verify=false")]
    [InlineData("app", "auth_url=https://keystone.example.org/v3 application_credential_id=i application_credential_secret=s")]
    public void Each_way_to_log_in_takes_what_it_needs(string cloud, string expected)
        => Assert.Equal(expected, Line(new CloudSetting().With("clouds.yaml", Clouds).Parameters($"cloud: {cloud}")));

    [Fact]
    public void What_the_target_says_goes_before_what_the_cloud_says()
    {
        var setting = new CloudSetting().With("clouds.yaml", Clouds);

        var parameters = setting.Parameters("authn_params: {user: other, project_id: p, region_name: RegionTwo, password: mine}\n    cloud: prod\n    authn: openstack");

        Assert.Equal(
            "auth_url=https://keystone.example.org/v3 identity_api_version=3 user_domain_name=Default project_domain_name=Default interface=internal "
            + "user=other project_id=p region_name=RegionTwo password=mine",
            Line(parameters));
        Assert.Equal("mine", setting.Parameters("cloud: app\n    authn_params: user=u,tenantid=t,password=mine")["password"]);
    }

    [Fact]
    public void Files_are_looked_for_as_OpenStacks_own_tools_do()
    {
        var setting = new CloudSetting().Set("OS_CLIENT_CONFIG_FILE", "/mine.yaml").Set("XDG_CONFIG_HOME", "/xdg").With("/etc/openstack/clouds.json", """{"clouds": {}}""");

        setting.Read("cloud: prod");

        Assert.Equal(
            "/mine.yaml clouds.yaml clouds.yml clouds.json /xdg/openstack/clouds.yaml /xdg/openstack/clouds.yml /xdg/openstack/clouds.json "
            + "/home/me/.config/openstack/clouds.yaml /home/me/.config/openstack/clouds.yml /home/me/.config/openstack/clouds.json "
            + "/etc/openstack/clouds.yaml /etc/openstack/clouds.yml /etc/openstack/clouds.json",
            string.Join(' ', setting.Asked.TakeWhile(file => !file.Contains("secure", StringComparison.Ordinal))));
    }

    [Fact]
    public void Secrets_may_lie_in_a_file_of_their_own_and_a_vendors_part_in_another()
    {
        var setting = new CloudSetting()
            .Set("OS_CLIENT_CONFIG_FILE", "/conf/clouds.yaml")
            .With("/conf/clouds.yaml", "clouds: {prod: {profile: vendor, regions: [One, {name: Two, values: {interface: admin}}], auth: {username: u, project_name: p}}}")
            .With("/conf/secure.yaml", "clouds: {prod: {auth: {password: s}}}")
            .With("/etc/openstack/clouds-public.yaml", "public-clouds: {vendor: {auth: {auth_url: 'https://{region_name}.example.org', username: no}}}");

        Assert.Equal("auth_url=https://One.example.org username=u password=s project_name=p region_name=One", Line(setting.Parameters("cloud: prod")));
        Assert.Equal(
            "auth_url=https://Two.example.org username=u password=s project_name=p interface=admin region_name=Two",
            Line(setting.Parameters("cloud: prod\n    authn_params: region_name=Two")));
    }

    [Fact]
    public void Entries_may_share_what_an_anchor_holds()
        => Assert.Equal(
            "auth_url=https://k username=u password=s project_name=mine",
            Line(new CloudSetting()
                .With("clouds.yaml", "clouds:\n  base: &base {auth: &auth {auth_url: https://k, username: u, password: s, project_name: p}}\n"
                    + "  prod: {auth: {project_name: mine, <<: *auth}, <<: *base}\n")
                .Parameters("cloud: prod")));

    [Theory]
    [InlineData("cloud: envvars")]
    [InlineData("cloud: ${OS_CLOUD}")]
    [InlineData("authn: OPENSTACK")]
    public void The_environment_can_be_the_cloud(string keys)
    {
        var setting = new CloudSetting()
            .Set("OS_CLOUD", "envvars")
            .Set("OS_AUTH_URL", "https://k/v3")
            .Set("OS_USERNAME", "u")
            .Set("OS_PASSWORD", "s")
            .Set("OS_PROJECT_NAME", "p")
            .Set("OS_ENDPOINT_TYPE", "publicURL")
            .Set("OS_CERT", "");

        Assert.Equal("auth_url=https://k/v3 username=u password=s project_name=p interface=public", Line(setting.Parameters(keys)));
    }

    [Fact]
    public void The_certificates_of_an_authority_are_taken_along()
    {
        const string Pem = "-----BEGIN CERTIFICATE-----\nTUlJ\n-----END CERTIFICATE-----";
        var setting = new CloudSetting()
            .With("/home/me/ca.pem", $"Subject: C=US, CN=a, b\r\n{Pem.ReplaceLineEndings("\r\n")}\r\n\n# another\n{Pem}\n")
            .With("clouds.yaml", Clouds + "\n    cacert: ~/ca.pem");

        Assert.Equal($"{Pem}\n{Pem}", setting.Parameters("cloud: app")["cacert"]);
        Assert.False(setting.With("clouds.yaml", Clouds + "\n    cacert: /etc/ssl/certs/ca-certificates.crt").Parameters("cloud: app").ContainsKey("cacert"));
    }

    [Fact]
    public void No_cloud_means_no_file()
    {
        var setting = new CloudSetting().Set("OS_CLOUD", "prod").With("clouds.yaml", "no: [");

        Assert.Empty(setting.Faults("authn: BASIC\n    authn_params: user=a,password=b"));
        Assert.Empty(setting.Faults("authn: OPENSTACK\n    authn_params: user=a,password=b"));
        Assert.Empty(setting.Asked);
    }

    private static string Line(IEnumerable<KeyValuePair<string, string>> parameters) => string.Join(' ', parameters.Select(p => $"{p.Key}={p.Value}"));
}
