using Skypunch.ConfigFile;

namespace Skypunch.UnitTests.ConfigFile;

public sealed class CloudFaultsTests
{
    [Theory]
    [InlineData("clouds: {prod: {}, stage: {}}", "skypunch.yaml:4: targets[0].cloud: is no cloud of clouds.yaml; there are prod, stage")]
    [InlineData("", "skypunch.yaml:4: targets[0].cloud: is no cloud of clouds.yaml; it has none: they stand below 'clouds:'")]
    [InlineData("clouds: [", "clouds.yaml:2: this is not YAML here: ")]
    [InlineData("clouds: {pro: {auth: {username: s3cr3t, password: s3cr3t}}}", "skypunch.yaml:4: targets[0].cloud: lacks auth_url, project_name; add it to what clouds.yaml or secure.yaml says of it, or to authn_params")]
    [InlineData("clouds:\n  pro:\n    auth_type: v3oidcpassword", "clouds.yaml:3: clouds.pro.auth_type: is a way to log in that is not supported; use password, v3password, v2password or v3applicationcredential")]
    [InlineData("clouds:\n  pro:\n    insecure: s3cr3t", "clouds.yaml:3: clouds.pro.insecure: must be true or false")]
    [InlineData("clouds:\n  pro:\n    key: s3cr3t", "clouds.yaml:3: clouds.pro.key: is not supported: Keystone is shown no client certificate; leave it out")]
    [InlineData("clouds:\n  pro:\n    auth:\n      trust_id: s3cr3t", "clouds.yaml:4: clouds.pro.auth.trust_id: is not supported: the login is to a project; leave it out, and name the project")]
    [InlineData("clouds:\n  pro:\n    profile: ovh", "clouds.yaml:3: clouds.pro.profile: is not among the public-clouds of ./clouds-public.yaml, /home/me/.config/openstack/clouds-public.yaml, /etc/openstack/clouds-public.yaml, and no profile is built in; put it there, or an auth_url here")]
    [InlineData("clouds:\n  pro:\n    cacert: /no.pem", "clouds.yaml:3: clouds.pro.cacert: names /no.pem, which cannot be read: there is no such file")]
    [InlineData("clouds:\n  pro:\n    cacert: clouds.yaml", "clouds.yaml:3: clouds.pro.cacert: names clouds.yaml, which holds no certificate in PEM: -----BEGIN CERTIFICATE----- …")]
    public void A_fault_names_where_it_is_and_the_remedy(string clouds, string expected)
    {
        var fault = Assert.Single(new CloudSetting().With("clouds.yaml", clouds).Faults("cloud: pro"));

        Assert.StartsWith(expected, fault, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_file_the_places_are_named()
        => Assert.Equal(
            ["skypunch.yaml:4: targets[0].cloud: needs a clouds.yaml, but there is none: looked at ./clouds.yaml, /home/me/.config/openstack/clouds.yaml, "
                + "/etc/openstack/clouds.yaml; write one, or name it in OS_CLIENT_CONFIG_FILE"],
            new CloudSetting().Faults("cloud: prod"));

    [Theory]
    [InlineData("cloud: envvars", "targets[0].cloud: stands for the OS_* variables, but none is set; run your openrc file first, or name a cloud of clouds.yaml")]
    [InlineData("cloud: [prod]", "targets[0].cloud: must be the name of a cloud, not a list")]
    [InlineData("cloud: prod\n    authn: BASIC", "targets[0].cloud: is a login to OPENSTACK, but authn says something else; leave one of them out")]
    public void A_wrong_cloud_key_is_reported_at_its_line(string keys, string expected)
        => Assert.Equal([$"skypunch.yaml:4: {expected}"], new CloudSetting().Faults(keys));

    [Fact]
    public void A_variable_at_fault_is_named()
        => Assert.Equal(
            ["skypunch.yaml:4: targets[0].cloud: has OS_AUTH_TYPE, which is a way to log in that is not supported; use password, v3password, v2password or v3applicationcredential"],
            new CloudSetting().Set("OS_AUTH_TYPE", "token").Faults("cloud: envvars"));

    [Fact]
    public void What_is_wrong_in_a_cloud_is_reported_once_however_many_targets_name_it()
    {
        var document = ConfigDocument.Read(
            "skypunch.yaml",
            "targets:\n  - {name: a, url: http://a, cloud: c}\n  - {name: b, url: http://b, cloud: c, interval: x}\n",
            _ => null,
            file => file == "clouds.yaml" ? "clouds: {c: {auth_type: token}}" : null);

        Assert.Equal(["targets[1].interval", "clouds.c.auth_type"], document.Faults.Select(fault => fault.Path));
    }

    [Fact]
    public void What_the_server_says_of_the_login_is_a_fault_of_the_cloud()
    {
        var setting = new CloudSetting().With("clouds.yaml", "clouds: {c: {auth: {auth_url: x, username: u, password: p, project_name: n}}}");

        var target = Assert.Single(setting.Read("cloud: c").Targets);

        Assert.Equal("skypunch.yaml:4: targets[0].cloud: is wrong", target.FaultAt("target.authn_params", "is wrong").ToString());
    }
}
