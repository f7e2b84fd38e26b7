using Skypunch.ConfigFile;

namespace Skypunch.UnitTests.ConfigFile;

public sealed class ConfigFaultsTests
{
    private const string Duration = "must be a duration of at least 1s, such as 10s, 5m, 1h or 1m30s, or a number of whole seconds";
    private const string Time = "must be a duration, such as 500ms, 1.5s, 10s, 5m or 1m30s, or a number of seconds";

    [Theory]
    [InlineData("frequency: soon", "targets[0].frequency: " + Duration)]
    [InlineData("frequency: 1.5s", "targets[0].frequency: " + Duration)]
    [InlineData("retry_interval: 500ms", "targets[0].retry_interval: " + Duration)]
    [InlineData("timeout: 1.2345s", "targets[0].timeout: " + Time)]
    [InlineData("timeout: 0ms", "targets[0].timeout: " + Time)]
    [InlineData("interval: [10]", "targets[0].interval: " + Duration + ", not a list")]
    [InlineData("enabled: maybe", "targets[0].enabled: must be true or false")]
    [InlineData("failure_threshold: 0", "targets[0].failure_threshold: must be a whole number, 1 or more")]
    [InlineData("success_threshold: two", "targets[0].success_threshold: must be a whole number, 1 or more")]
    [InlineData("authn: DIGESTS", "targets[0].authn: must be NONE, BASIC, OPENSTACK, OAUTH2 or DIGEST")]
    [InlineData("method:", "targets[0].method: has no value; give one or leave the key out")]
    [InlineData("method: {a: b}", "targets[0].method: must be a text, not a mapping")]
    [InlineData("expect: 200\n    pass_result: 200", "targets[0].pass_result: is given twice, first on line 4 as expect, which means the same; keep one of them", 5)]
    [InlineData("timeout: 1s\n    timeout: 2s", "targets[0].timeout: is given twice, first on line 4; keep one of them", 5)]
    [InlineData("frequncy: 10s", "targets[0].frequncy: is not known; did you mean frequency?")]
    [InlineData("failure-threshold: 2", "targets[0].failure-threshold: is not known; did you mean failure_threshold?")]
    [InlineData("authn_parms: user=a", "targets[0].authn_parms: is not known; did you mean authn_params?")]
    [InlineData("\"<<\": {}", "targets[0].<<: is not known; known are name, url, description, labels, group, method, authn, authn_params, cloud, pass_result, frequency, timeout, enabled, failure_threshold, success_threshold, retry_interval, headers, body, content_type, follow_redirects, max_redirects, keep_cookies, proxy, query_secrets, http_version, ip_family, tls, assertions, service_type, region_name, interface, path, expect, interval")]
    [InlineData("retry_interval: 0s", "targets[0].retry_interval: " + Duration)]
    [InlineData("headers: s3cr3t", "targets[0].headers: must be 'Name: value', as keys and values or as a list")]
    [InlineData("headers: [s3cr3t]", "targets[0].headers[0]: must be 'Name: value', as keys and values or as a list")]
    [InlineData("headers: {Authorization: }", "targets[0].headers.Authorization: has no value; give one or leave the key out")]
    [InlineData("headers:\n      - 'Authorization: Bearer ${NOT_SET}'", "targets[0].headers[0]: needs the environment variable NOT_SET, which is not set; set it, or give a default: ${NOT_SET:-default}", 5)]
    [InlineData("assertions:\n      - body contains OK\n      - a: b", "targets[0].assertions[1]: must be a text, not a mapping", 6)]
    [InlineData("http_version: 3", "targets[0].http_version: must be 1.1 or 2")]
    [InlineData("query_secrets: api_key=s3cr3t", "targets[0].query_secrets: must be keys and values, each on a line below it, such as api_key: ${API_KEY}")]
    [InlineData("keep_cookies: maybe", "targets[0].keep_cookies: must be true or false")]
    [InlineData("ip_family: 6", "targets[0].ip_family: must be ANY, IPV4, IPV6, PREFER_IPV4 or PREFER_IPV6")]
    [InlineData("max_redirects: 0", "targets[0].max_redirects: must be a whole number, 1 or more")]
    [InlineData("tls: true", "targets[0].tls: must be keys and values; known are skip_verify, ca, ca_file, client_certificate, client_certificate_file, client_key, client_key_file, server_name")]
    [InlineData("tls: {skip-verify: true}", "targets[0].tls.skip-verify: is not known; did you mean skip_verify?")]
    [InlineData("tls: {skip_verify: maybe}", "targets[0].tls.skip_verify: must be true or false")]
    [InlineData("tls:\n      ca_file: no-such-file.pem", "targets[0].tls.ca_file: names a file that does not exist; it counts from the folder of this file", 5)]
    [InlineData("tls:\n      ca: x\n      ca_file: y", "targets[0].tls.ca_file: is given twice, first on line 5; keep one of them", 6)]
    [InlineData("path: /", "targets[0].path: is given twice, first on line 3 as url, which means the same; keep one of them")]
    [InlineData("method: ${NOT_SET}", "targets[0].method: needs the environment variable NOT_SET, which is not set; set it, or give a default: ${NOT_SET:-default}")]
    [InlineData("authn_params: s3cr3t", "targets[0].authn_params: must be key=value,key=value, but part 1 has no '='; put a value with a comma in double quotes")]
    [InlineData("authn_params: [s3cr3t]", "targets[0].authn_params: must be a text such as 'user=me,password=secret', or keys and values, not a list")]
    [InlineData("authn_params: {password: [s3cr3t]}", "targets[0].authn_params: has more than one value for password; give one text")]
    [InlineData("authn_params: {password: }", "targets[0].authn_params: has no value for password; give one, or \"\" for an empty one")]
    [InlineData("authn_params: {password=s3cr3t: x}", "targets[0].authn_params: has a key that is not a plain word; write 'key: value'")]
    [InlineData("authn_params:\n      user: a\n      User: b", "targets[0].authn_params.user: is given twice; keep one of them", 6)]
    [InlineData("authn_params:\n      user: a\n      password: ${NOT_SET}", "targets[0].authn_params: password needs the environment variable NOT_SET, which is not set; set it, or give a default: ${NOT_SET:-default}", 6)]
    public void A_fault_names_its_line_its_key_and_the_remedy(string key, string expected, int line = 4)
    {
        var faults = Faults($"targets:\n  - name: a\n    url: http://localhost\n    {key}\n");

        Assert.Equal([$"skypunch.yaml:{line}: {expected}"], faults);
    }

    [Theory]
    [InlineData("targets:\n  - url: http://localhost\n", "skypunch.yaml:2: targets[0].name: is missing; every target needs one")]
    [InlineData("targets:\n  - name: a\n", "skypunch.yaml:2: targets[0].url: is missing; every target needs one")]
    [InlineData("notifiers:\n  - address: a@b\n", "skypunch.yaml:2: notifiers[0].name: is missing; every notifier needs one")]
    [InlineData("targets:\n  - http://localhost\n", "skypunch.yaml:2: targets[0]: must be a target: keys and values, beginning with '- name: …'")]
    [InlineData("targets:\n  name: a\n", "skypunch.yaml:1: targets: must be a list: begin each entry with '- name: …'")]
    [InlineData("target: []\n", "skypunch.yaml:1: target: is not known; did you mean targets?")]
    [InlineData("targets: []\ntargets: []\n", "skypunch.yaml:2: targets: is given twice, first on line 1; put both lists into one")]
    [InlineData("- a\n", "skypunch.yaml:1: must begin with 'targets:' or 'notifiers:'")]
    [InlineData("targets:\n  - {name: a, url: http://b}\n  - {name: a, url: http://c}\n", "skypunch.yaml:3: targets[1].name: is the name of targets[0] on line 2 too; names must be unique")]
    [InlineData("targets:\n\t- name: a\n", "skypunch.yaml:2: this line begins with a tab, which YAML does not allow; indent it with spaces")]
    [InlineData("targets:\n  - name: a\n\turl: http://b\n", "skypunch.yaml:3: this line begins with a tab, which YAML does not allow; indent it with spaces")]
    [InlineData("targets: []\n---\ntargets: []\n", "skypunch.yaml:2: this is not YAML here: a second document begins here; put everything into one, without '---' between")]
    [InlineData("targets: *s3cr3t\n", "skypunch.yaml:1: this is not YAML here: an alias refers to an anchor that is not defined before it; put a value that begins with '*' in quotes")]
    [InlineData("targets: !s3cr3t x\n", "skypunch.yaml:1: this is not YAML here: a tag such as '!name' is not supported; put a value that begins with '!' in quotes")]
    public void A_fault_of_the_structure_names_its_line(string text, string expected)
        => Assert.Equal([expected], Faults(text));

    [Theory]
    [InlineData("targets:\n  - name: 'a\n    url: s3cr3t\n", 2)]
    [InlineData("targets: [\n", 2)]
    [InlineData("targets:\n  - name: a\n   url: s3cr3t\n", 3)]
    [InlineData("targets:\n  - name: a: s3cr3t\n", 2)]
    [InlineData("targets:\n  - name: @s3cr3t\n", 2)]
    [InlineData("targets:\n  - name: \"\\s3cr3t\"\n", 2)]
    public void A_text_that_is_not_YAML_is_one_fault_near_its_line_that_repeats_nothing(string text, int line)
    {
        var fault = Assert.Single(Faults(text));

        Assert.Matches($"^skypunch.yaml:({line}|{line + 1}): this is not YAML here: [a-z].+", fault);
        Assert.DoesNotContain("s3cr3t", fault);
    }

    [Fact]
    public void Nesting_without_end_is_a_fault()
        => Assert.Contains("nested too deeply", Assert.Single(Faults("targets: " + new string('[', 5000))));

    [Fact]
    public void All_faults_are_reported_at_once_by_line()
    {
        var faults = Faults(
            """
            notifiers:
              - name: n
                adress: a@example.org
            targets:
              - name: a
                url: ${NOT_SET}
                frequency: 10 seconds
              - nmae: b
            other: 1
            """);

        Assert.Equal([3, 6, 7, 8, 8, 8, 9], faults.Select(fault => int.Parse(fault.Split(':')[1], null)));
    }

    private static List<string> Faults(string text)
        => ConfigDocument.Read("skypunch.yaml", text, _ => null).Faults.Select(fault => fault.ToString()).ToList();
}
