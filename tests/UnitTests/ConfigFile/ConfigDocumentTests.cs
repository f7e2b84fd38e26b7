using Skypunch.Admin.V1;
using Skypunch.ConfigFile;

namespace Skypunch.UnitTests.ConfigFile;

public sealed class ConfigDocumentTests
{
    [Fact]
    public void Reads_every_field_of_a_target()
    {
        var document = Read(
            """
            targets:
              - name: All fields
                url: https://example.org/
                method: head
                authn: basic
                authn_params: user=me,password=secret
                pass_result: 200-299
                frequency: 1m30s
                timeout: 20
                enabled: no
                failure_threshold: 3
                success_threshold: 2
            """);

        var target = Assert.Single(document.Targets).Resource;
        Assert.Empty(document.Faults);
        Assert.Equal("All fields", target.Name);
        Assert.Equal("https://example.org/", target.Url);
        Assert.Equal("HEAD", target.Method);
        Assert.Equal(Authn.Basic, target.Authn);
        Assert.Equal("user=me,password=secret", target.AuthnParams);
        Assert.Equal("200-299", target.PassResult);
        Assert.Equal(TimeSpan.FromSeconds(90), target.Frequency.ToTimeSpan());
        Assert.Equal(TimeSpan.FromSeconds(20), target.Timeout.ToTimeSpan());
        Assert.True(target.HasEnabled);
        Assert.False(target.Enabled);
        Assert.Equal(3, target.FailureThreshold);
        Assert.Equal(2, target.SuccessThreshold);
    }

    [Theory]
    [InlineData("1d", 86_400)]
    [InlineData("1m30s", 90)]
    [InlineData("20", 20)]
    public void A_duration_is_written_as_on_the_command_line(string text, int seconds)
    {
        var document = Read($"targets:\n  - name: A\n    url: http://localhost\n    frequency: {text}");

        Assert.Empty(document.Faults);
        Assert.Equal(TimeSpan.FromSeconds(seconds), Assert.Single(document.Targets).Resource.Frequency.ToTimeSpan());
    }

    [Fact]
    public void Reads_what_is_sent_how_and_what_must_hold()
    {
        var folder = Directory.CreateTempSubdirectory("skypunch-config-");
        File.WriteAllText(Path.Combine(folder.FullName, "ca.pem"), "-----BEGIN CERTIFICATE-----");
        const string Text =
            """
            targets:
              - name: All of a request
                path: /servers
                service_type: compute
                region_name: ${REGION}
                interface: internal
                headers:
                  Accept: application/json
                  Authorization: Bearer ${TOKEN}
                body: '{"token": "${TOKEN}"}'
                content_type: application/json
                follow_redirects: true
                max_redirects: 3
                timeout: 1.5s
                keep_cookies: true
                proxy: http://me:${TOKEN}@proxy:3128
                query_secrets:
                  Api_Key: ${TOKEN}
                  sig: a=b
                http_version: 2
                ip_family: prefer_ipv6
                retry_interval: 2s
                tls:
                  skip_verify: yes
                  ca_file: ca.pem
                  server_name: ${REGION}.example.org
                assertions:
                  - body contains ${TOKEN}
                  - json $.a == "up"
              - {name: List, url: http://localhost, headers: [Accept: a, "Accept: b"]}
            """;

        var document = ConfigDocument.Read(
            Path.Combine(folder.FullName, "skypunch.yaml"), Text, name => name switch { "REGION" => "RegionOne", "TOKEN" => "s3cr3t", _ => null });
        folder.Delete(recursive: true);

        Assert.Empty(document.Faults);
        var expected = new Target
        {
            Name = "All of a request",
            Url = "/servers",
            Catalog = new() { ServiceType = "compute", RegionName = "RegionOne", Interface = "internal" },
            Headers = { new Header { Name = "Accept", Value = "application/json" }, new Header { Name = "Authorization", Value = "Bearer s3cr3t" } },
            Body = "{\"token\": \"s3cr3t\"}",
            ContentType = "application/json",
            FollowRedirects = true,
            MaxRedirects = 3,
            Timeout = new() { Seconds = 1, Nanos = 500_000_000 },
            KeepCookies = true,
            Proxy = "http://me:s3cr3t@proxy:3128",
            QuerySecrets = { new QueryParameter { Name = "Api_Key", Value = "s3cr3t" }, new QueryParameter { Name = "sig", Value = "a=b" } },
            HttpVersion = HttpVersion._2,
            IpFamily = IpFamily.PreferIpv6,
            RetryInterval = new() { Seconds = 2 },
            Tls = new() { SkipVerify = true, Ca = "-----BEGIN CERTIFICATE-----", ServerName = "RegionOne.example.org" },
            Assertions = { "body contains s3cr3t", "json $.a == \"up\"" },
        };
        Assert.Equal(expected, document.Targets[0].Resource);
        Assert.Equal(["Accept: a", "Accept: b"], document.Targets[1].Resource.Headers.Select(h => $"{h.Name}: {h.Value}"));
    }

    [Fact]
    public void Leaves_what_is_not_given_to_the_server()
    {
        var target = Read("targets: [{name: Short, url: http://localhost, expect: 204, interval: 5}]").Targets[0].Resource;

        Assert.Equal(new Target { Name = "Short", Url = "http://localhost", PassResult = "204", Frequency = new() { Seconds = 5 } }, target);
    }

    [Fact]
    public void Merges_what_entries_share_below_their_own_keys()
    {
        var document = Read(
            """
            x-often: &often {frequency: 5s, timeout: 2s, headers: {Accept: text/html, X-From: base}}
            x-posted: &posted {method: POST, timeout: 4s}
            targets:
              - {name: One, url: http://one, <<: *often}
              - <<: [*posted, *often]
                name: Two
                url: http://two
                headers: {Accept: text/plain}
            """);

        Assert.Empty(document.Faults);
        var (one, two) = (document.Targets[0].Resource, document.Targets[1].Resource);
        Assert.Equal(("", 5, 2, 2), (one.Method, one.Frequency.Seconds, one.Timeout.Seconds, one.Headers.Count));
        Assert.Equal(("POST", 5, 4), (two.Method, two.Frequency.Seconds, two.Timeout.Seconds));
        Assert.Equal(("Accept", "text/plain"), (Assert.Single(two.Headers).Name, two.Headers[0].Value));
    }

    [Fact]
    public void Reads_every_field_of_a_notifier()
    {
        var document = Read(
            """
            notifiers:
              - name: Operations
                type: smtp
                address: ops@example.org
                enabled: true
                params:
                  server: smtp.example.org
                  PORT: 587
                  password: 'a,b"c'
            """);

        var notifier = Assert.Single(document.Notifiers).Resource;
        Assert.Empty(document.Faults);
        Assert.Equal("Operations", notifier.Name);
        Assert.Equal("smtp", notifier.Type); // only the server knows which types exist
        Assert.Equal("ops@example.org", notifier.Address);
        Assert.True(notifier.Enabled);
        Assert.Equal("server=smtp.example.org,port=587,password=\"a,b\"\"c\"", notifier.Params);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment\n")]
    [InlineData("---\n")]
    [InlineData("targets:\nnotifiers:\n")]
    [InlineData("targets: []")]
    public void A_file_may_be_empty(string text)
    {
        var document = Read(text);

        Assert.Empty(document.Faults);
        Assert.Empty(document.Targets);
        Assert.Empty(document.Notifiers);
    }

    [Fact]
    public void An_anchor_can_be_used_again()
    {
        var document = Read("targets:\n  - {name: a, url: &u http://localhost}\n  - {name: b, url: *u}\n");

        Assert.Empty(document.Faults);
        Assert.Equal("http://localhost", document.Targets[1].Resource.Url);
    }

    [Theory]
    [InlineData("target.frequency", "skypunch.yaml:4: targets[0].interval: is wrong")]
    [InlineData("target.url", "skypunch.yaml:3: targets[0].url: is wrong")]
    [InlineData("target.timeout", "skypunch.yaml:2: targets[0].timeout: is wrong")]
    [InlineData("", "skypunch.yaml:2: targets[0]: is wrong")]
    public void What_the_server_says_of_a_field_is_a_fault_at_its_line(string field, string expected)
    {
        var document = Read("targets:\n  - name: a\n    url: http://localhost\n    interval: 5s\n");

        Assert.Equal(expected, document.Targets[0].FaultAt(field, "is wrong").ToString());
    }

    [Theory]
    [InlineData("target.tls.client_key", "skypunch.yaml:5: targets[0].tls.client_key: is wrong")]
    [InlineData("target.catalog.service_type", "skypunch.yaml:3: targets[0].service_type: is wrong")]
    [InlineData("target.catalog.region_name", "skypunch.yaml:2: targets[0].region_name: is wrong")]
    public void What_the_server_says_of_a_field_within_a_field_is_a_fault_where_the_file_has_it(string field, string expected)
    {
        var document = Read("targets:\n  - name: a\n    service_type: compute\n    path: /\n    tls: {skip_verify: true}\n");

        Assert.Equal(expected, document.Targets[0].FaultAt(field, "is wrong").ToString());
    }

    private static ConfigDocument Read(string text) => ConfigDocument.Read("skypunch.yaml", text, _ => null);
}
