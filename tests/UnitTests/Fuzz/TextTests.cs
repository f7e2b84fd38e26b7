using Skypunch.ConfigFile;
using Skypunch.Contracts.Texts;
using Skypunch.Notifier.Channels.Smtp;

namespace Skypunch.UnitTests.Fuzz;

/// <summary>
/// The texts that people write: YAML, parameters, assertions, headers, addresses. Each parser accepts a text or says what is wrong.
/// </summary>
public sealed class TextTests
{
    private static readonly string Pem = ACertificatePem();

    private static readonly string[] Yaml =
    [
        Deployment.Sources.Read("skypunch.yaml"),
        "x-a: &a {frequency: 10s, headers: {A: b}}\ntargets:\n  - <<: *a\n    name: A\n    url: http://127.0.0.1/\n    assertions: [body contains x, 'json $.a == 1']\n    tls: {server_name: x}\n  - {name: B, url: 'http://127.0.0.1/', expect: 200-299, cloud: mine}\n",
        "notifiers:\n- name: N\n  address: a@example.org, b@example.org\n  params: {server: 127.0.0.1, port: 25, password: ${SECRET}}\n  enabled: true\n",
        "targets:\n- name: |\n    a\n    b\n  url: >-\n    http://127.0.0.1/\n  body: !!binary aGk=\n  timeout: 500ms\n  failure_threshold: 0x3\n",
    ];

    private static readonly string[] YamlWords =
        ["&a ", "*a", "<<: ", "? ", "- ", ": ", "|", ">", "!!int ", "!!merge", "{", "}", "[", "]", "#", "---\n", "...\n", "%YAML 9.9\n", "\n  ", "\n", "${", "${SECRET}", "$$", "~", "null", "targets:", "notifiers:", "'", "\"\\u", "1e9h", "10s"];

    private static readonly string[] Parameters =
    [
        "server=127.0.0.1,port=587,user=me,password=\"a,\"\"b\",from=a@example.org,security=starttls,verify=true,helo=x.example.org",
        "user=u,password=p,osauthendpoint=http://127.0.0.1/,tenantid=t,tenantname=n",
        "auth_url=https://127.0.0.1/v3,username=u,password=p,user_domain_name=Default,project_name=p,project_domain_id=default,system_scope=all,region_name=R,interface=public,identity_api_version=3",
        "application_credential_id=a,application_credential_secret=b,auth_url=http://127.0.0.1/,verify=no",
        $"skip_verify=true,server_name=x,ca=\"{Pem}\",client_certificate=\"{Pem}\",client_key=x",
        "Accept: text/html\nAuthorization: Bearer x\nX:\n", "200-299,304", "a@example.org, \"B, C\" <b@example.org>; ü@exämple.org", "http://user:pw@[fe80::1%25eth0]:80/a?api_key=x#y",
    ];

    private static readonly string[] ParameterWords =
        ["=", ",", "\"", "\"\"", "server=", "password=", "ca=", "user=", "verify=", "security=", "none", "tls", "plain_login=yes", "token=", "-----BEGIN CERTIFICATE-----\n", "http://", "xn--", "[::1]", "@", "<", ">", "%25", "..", "599-100", "=?utf-8?q?x?="];

    private static readonly string[] Assertions =
    [
        "body not contains x", "body matches ^(?<n>a|b)+\\k<n>$", "json $.a-b[0]['it\\'s \\ud83d\\ude00'] == {\"a\":[1,2e5]}", "json $ [ \"b\" ] .c length >= 5", "json $[-9007199254740991] != 5", "json $.a < -1.5e+300",
        "json $.é.a not matches (?i)[a-z-[aeiou]]{2,}", "header X-Y absent", "header A not matches (?=b)", "latency < 1.5s", "certificate > 3650d", "json $.a exists",
    ];

    private static readonly string[] AssertionWords =
        ["==", "!=", "<", ">=", " ", "not ", "$", ".", "[", "]", "'", "\"", "\\", "\\u", "\\ud83d", "*", "..", "?@", "length ", "matches ", "absent", "(", ")", "(?", "{1,99999}", "(a{1000}){1000}", "[^", "\\p{L}", "json ", "body ", "500ms", "1e99999999999"];

    [Fact]
    public Task A_configuration_is_read_or_each_fault_has_its_line() => FuzzRun.Each(2_000, random =>
    {
        var document = ConfigDocument.Read("fuzz.yaml", new Mutator(random, Yaml, YamlWords).Next(), name => name == "SECRET" ? "s3cr3t" : null);

        Assert.All(document.Faults, fault => Assert.True(fault.Line >= 0 && $"{fault}".Length > "fuzz.yaml:1: ".Length, $"{fault}"));
        return document.Faults.Count > 0 ? "refused" : "read";
    });

    [Fact]
    public Task A_list_of_clouds_is_read_or_its_fault_is_reported() => FuzzRun.Each(1_000, random =>
    {
        string[] clouds = ["clouds:\n  mine: &m\n    auth: {auth_url: 'http://127.0.0.1/', username: u, password: p, project_name: x}\n    region_name: R\n    profile: them\n  other: {<<: *m, verify: false}\n"];
        var text = new Mutator(random, clouds, YamlWords).Next();

        var document = ConfigDocument.Read("a.yaml", "targets: [{name: A, url: 'http://127.0.0.1/', cloud: mine}]", _ => null, path => path.EndsWith("clouds.yaml", StringComparison.Ordinal) ? text : null);

        return document.Faults.Count > 0 ? "refused" : "read";
    });

    [Fact]
    public Task Parameters_are_read_or_refused_in_words() => FuzzRun.Each(5_000, random =>
    {
        var text = new Mutator(random, Parameters, ParameterWords).Next();
        if (ParameterText.TryParse(text, out var parameters, out var error))
        {
            Assert.True(ParameterText.TryParse(ParameterText.Format(parameters), out var again, out _));
            Assert.Equal(parameters, again);
            _ = KeystoneParameters.Faults(parameters).ToList();
            _ = TlsParameters.Faults(parameters).ToList();
            _ = AuthnParameters.Missing(AuthnParameters.OpenStack, parameters);
        }

        Assert.Equal(parameters is null, error is { Length: > 0 });
        var isSmtp = SmtpParameters.TryParse(text, out _, out var faults);
        Assert.Equal(isSmtp, faults.Count == 0);
        Assert.All(faults, fault => Assert.True(OneLine.Is(fault), fault));
        _ = MailAddresses.TryParse(text, out _, out _) | HeaderText.TryParse(text, out _, out _) | ExpectedStatus.TryParse(text, out _);
        _ = (WebUrl.Read(text, out _), SafeUrl.Of(text), TargetAddress.Of(text, text), WebUrl.AsciiName(text));
        return error is null ? "read" : "refused";
    });

    [Fact]
    public Task An_assertion_is_read_or_refused_with_its_place() => FuzzRun.Each(5_000, random =>
    {
        var text = new Mutator(random, Assertions, AssertionWords).Next();
        var isRead = AssertionText.TryParseOne(text, out var assertion, out var error);

        Assert.Equal(!isRead, error is { Length: > 0 });
        Assert.True(isRead || error!.Contains(" at column ", StringComparison.Ordinal) || error.StartsWith("must be one line", StringComparison.Ordinal), error);
        Assert.True(!isRead || AssertionText.TryParse(text, out _, out _), "what may be made now must be understood in a row");
        return isRead ? assertion!.GetType().Name : "refused";
    });

    private static string ACertificatePem()
    {
        using var pair = Prober.ACertificate.SelfSigned();
        return pair.ExportCertificatePem();
    }
}
