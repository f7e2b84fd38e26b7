using System.Security.Cryptography.X509Certificates;
using Google.Rpc;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.Admin.V1;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Secrets;
using Skypunch.UnitTests.Prober;
using TargetSecrets = Skypunch.Scheduler.Model.TargetSecrets;

namespace Skypunch.UnitTests.Scheduler;

/// <summary>The request, TLS and judgement fields of a target, through the admin API and back.</summary>
public sealed class TargetRequestAdminTests : IAsyncLifetime
{
    private static readonly (string Certificate, string Key) Pair = APair();

    private readonly StandIns _standIns = new();
    private SchedulerHost _host = null!;
    private TargetService.TargetServiceClient _targets = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await SchedulerHost.StartAsync(_standIns);
        _targets = new TargetService.TargetServiceClient(_host.Channel);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Every_field_comes_back_as_it_was_given_but_for_the_secrets_which_are_sealed()
    {
        var created = await CreateAsync(Full());
        var read = await ReadAsync(created.Id);

        var expected = Full();
        (expected.Proxy, expected.QuerySecrets[0].Value) = ("http://me@proxy.example:3128", "");
        (expected.Body, expected.HasBody, expected.Tls.ClientKey, expected.Headers[1].Value) = ("", true, "", "");
        (expected.Id, expected.State, expected.Enabled) = (created.Id, read.State, false);
        Assert.Equal(TargetDefaults(expected), read);
        var row = await RowAsync(created.Id);
        Assert.All([row.Headers!, row.Body!, row.TlsParms!, row.Proxy!, row.QuerySecrets!], text => Assert.True(SecretBox.IsSealed(text)));
    }

    [Fact]
    public async Task An_update_with_the_stored_values_changes_nothing()
    {
        var full = Full();
        var created = await CreateAsync(full);
        var before = await RowAsync(created.Id);

        full.Id = created.Id;
        await _targets.UpdateTargetAsync(new UpdateTargetRequest { Target = full }, cancellationToken: Cancellation);
        var same = await RowAsync(created.Id);
        full.Body += "!";
        await _targets.UpdateTargetAsync(new UpdateTargetRequest { Target = full }, cancellationToken: Cancellation);
        var changed = await RowAsync(created.Id);

        Assert.Equal((before.Revision, before.Body, before.TlsParms), (same.Revision, same.Body, same.TlsParms));
        Assert.Equal((before.Revision + 1, before.TlsParms), (changed.Revision, changed.TlsParms));
        Assert.NotEqual(before.Body, changed.Body);
    }

    [Fact]
    public async Task Unset_fields_take_their_defaults()
    {
        var target = await CreateAsync(new Target { Name = "x", Url = "http://localhost/" });

        Assert.Equal((5, false, HttpVersion._11, IpFamily.Any), (target.MaxRedirects, target.FollowRedirects, target.HttpVersion, target.IpFamily));
        Assert.Equal((null, null, null), (target.Tls, target.Catalog, target.RetryInterval));
    }

    [Fact]
    public async Task What_is_read_changed_and_written_back_loses_no_secret()
    {
        var id = (await CreateAsync(Full())).Id;

        var read = await ReadAsync(id);
        read.Headers.Insert(0, new Header { Name = "x-api-key", Value = "n3w" });
        read.Tls.ServerName = "other.example.org";
        read.QuerySecrets.Add(new QueryParameter { Name = "sig", Value = "n3w" });
        await UpdateAsync(read);

        var row = await RowAsync(id);
        Assert.Equal("x-api-key: n3w\nAccept: text/html\nAuthorization: Bearer s3cr3t", Open(row, SecretNames.Headers, row.Headers!));
        Assert.Equal("user=u,password=p,osauthendpoint=http://localhost/v3,tenantname=t", Open(row, SecretNames.Authn, row.AuthnParms!));
        Assert.Contains($"client_key={Pair.Key.Trim()}", Open(row, SecretNames.Tls, row.TlsParms!));
        Assert.Contains("server_name=other.example.org", Open(row, SecretNames.Tls, row.TlsParms!));
        Assert.Equal("the b0dy", Open(row, SecretNames.Body, row.Body!));
        Assert.Equal("api_key=qu3ry%20s3cr3t&sig=n3w", Open(row, SecretNames.QuerySecrets, row.QuerySecrets!));
        Assert.Equal("http://me:pr0xy-s3cr3t@proxy.example:3128", Open(row, SecretNames.Proxy, row.Proxy!));
    }

    [Fact]
    public async Task A_text_that_looks_sealed_is_sealed_all_the_same()
    {
        var stolen = (await RowAsync((await CreateAsync(Full())).Id)).AuthnParms!;

        var thief = await CreateAsync(new Target { Name = "thief", Url = "http://localhost/", Method = "POST", Body = stolen, Enabled = false });

        Assert.Equal(stolen, Open(await RowAsync(thief.Id), SecretNames.Body, (await RowAsync(thief.Id)).Body!));
    }

    [Theory]
    [InlineData("http://thief.example/", false, false)]
    [InlineData("https://localhost:8443/a", false, false)]
    [InlineData("http://localhost:8080/a", false, false)]
    [InlineData("https://localhost/a", true, false)]
    [InlineData("https://localhost/a", false, true)]
    public async Task Stored_secrets_do_not_follow_a_target_elsewhere(string url, bool skipsVerify, bool followsRedirects)
    {
        var id = (await CreateAsync(WithSecrets())).Id;
        var change = new Target { Id = id, Url = url, Tls = new() { SkipVerify = skipsVerify }, FollowRedirects = followsRedirects };

        var wanted = await ViolationsAsync(() => UpdateAsync(change, "url", "tls.skip_verify", "follow_redirects"));
        var whole = WithSecrets();
        (whole.Id, whole.Url, whole.FollowRedirects, whole.Tls.SkipVerify) = (id, url, followsRedirects, skipsVerify);
        var moved = await UpdateAsync(whole, "url", "tls", "follow_redirects", "authn_params", "headers", "query_secrets", "body");
        whole.Headers[0].Value = "";
        whole.Url = "http://elsewhere.example/";
        var kept = await ViolationsAsync(() => UpdateAsync(whole, "url", "tls", "authn_params", "headers", "query_secrets", "body"));

        Assert.Equal(["target.authn_params", "target.headers", "target.query_secrets", "target.body", "target.tls.client_key"], wanted);
        Assert.Equal(url, moved.Url);
        Assert.Equal(["target.headers"], kept);
    }

    [Fact]
    public async Task Stored_secrets_do_not_go_through_another_proxy_and_a_proxys_password_goes_to_no_other()
    {
        var id = (await CreateAsync(WithSecrets())).Id;

        var wanted = await ViolationsAsync(() => UpdateAsync(new Target { Id = id, Proxy = "http://thief.example:3128" }, "proxy"));
        var whole = WithSecrets();
        (whole.Id, whole.Proxy) = (id, "http://me:pr0xy-s3cr3t@proxy.example:3128");
        await UpdateAsync(whole, "proxy", "authn_params", "headers", "query_secrets", "body", "tls");
        var same = await UpdateAsync(new Target { Id = id, Proxy = "http://me@proxy.example:3128" }, "proxy");
        var kept = await ProxyOfAsync(id);
        (whole.Proxy, whole.Tls.ClientKey) = ("http://me@other.example:3128", Pair.Key);
        await UpdateAsync(whole, "proxy", "authn_params", "headers", "query_secrets", "body", "tls");
        var moved = await ProxyOfAsync(id);
        var none = await UpdateAsync(new Target { Id = id }, "proxy");

        Assert.Equal(["target.authn_params", "target.headers", "target.query_secrets", "target.body", "target.tls.client_key"], wanted);
        Assert.Equal("http://me@proxy.example:3128", same.Proxy);
        Assert.Equal(("http://me:pr0xy-s3cr3t@proxy.example:3128", "http://me@other.example:3128", ""), (kept, moved, none.Proxy));

        async Task<string> ProxyOfAsync(long target) => Open(await RowAsync(target), SecretNames.Proxy, (await RowAsync(target)).Proxy!);
    }

    [Fact]
    public async Task Another_path_at_the_same_place_wants_no_secret_again()
    {
        var id = (await CreateAsync(WithSecrets())).Id;

        var moved = await UpdateAsync(new Target { Id = id, Url = "https://LOCALHOST:443/other?x=y" }, "url");

        Assert.Equal("https://LOCALHOST:443/other?x=y", moved.Url);
        Assert.Equal("s3cr3t b0dy", Open(await RowAsync(id), SecretNames.Body, (await RowAsync(id)).Body!));
    }

    private static Target WithSecrets() => new()
    {
        Name = "x",
        Url = "https://localhost/a",
        Method = "POST",
        Enabled = false,
        Authn = Authn.Basic,
        AuthnParams = "user=u,password=p",
        Headers = { new Header { Name = "X-Api-Key", Value = "s3cr3t" } },
        QuerySecrets = { new QueryParameter { Name = "key", Value = "s3cr3t" } },
        Body = "s3cr3t b0dy",
        Tls = new() { ClientCertificate = Pair.Certificate, ClientKey = Pair.Key },
    };

    [Fact]
    public async Task A_secret_that_is_stored_nowhere_cannot_be_kept()
    {
        var id = (await CreateAsync(new Target { Name = "x", Url = "http://localhost/", Headers = { new Header { Name = "Accept", Value = "*/*" } } })).Id;

        var header = await ViolationsAsync(() => UpdateAsync(new Target { Id = id, Headers = { new Header { Name = "Authorization" } } }));
        var key = await ViolationsAsync(() => UpdateAsync(new Target { Id = id, Tls = new() { ClientCertificate = Pair.Certificate } }));
        var parameter = await ViolationsAsync(() => UpdateAsync(new Target { Id = id, QuerySecrets = { new QueryParameter { Name = "key" } } }));

        Assert.Equal(["target.headers"], header);
        Assert.Equal(["target.tls.client_key"], key);
        Assert.Equal(["target.query_secrets"], parameter);
    }

    [Fact]
    public async Task A_mask_may_name_fields_within_TLS_and_catalog()
    {
        var id = (await CreateAsync(Full())).Id;

        await UpdateAsync(new Target { Id = id, Tls = new() { ServerName = "other.example.org", Ca = "ignored" } }, "tls.server_name");
        var read = await UpdateAsync(new Target { Id = id }, "catalog.region_name");
        var withoutPair = await UpdateAsync(new Target { Id = id }, "tls.client_certificate", "tls.client_key");
        var noKey = await ViolationsAsync(() => UpdateAsync(new Target { Id = id, Tls = new() { ClientCertificate = Pair.Certificate } }, "tls.client_certificate"));

        Assert.Equal(("other.example.org", true, Pair.Certificate), (read.Tls.ServerName, read.Tls.SkipVerify, read.Tls.ClientCertificate));
        Assert.Equal(("compute", "", "internal"), (read.Catalog.ServiceType, read.Catalog.RegionName, read.Catalog.Interface));
        Assert.Equal(new Tls { SkipVerify = true, ServerName = "other.example.org" }, withoutPair.Tls);
        Assert.Equal(["target.tls.client_key"], noKey);
    }

    [Fact]
    public async Task A_list_is_replaced_as_a_whole_and_an_empty_one_clears_it_only_where_the_mask_names_it()
    {
        var id = (await CreateAsync(Full())).Id;

        var renamed = await UpdateAsync(new Target { Id = id, Name = "y" });
        var replaced = await UpdateAsync(new Target { Id = id, Assertions = { "body contains x" } });
        var cleared = await UpdateAsync(new Target { Id = id }, "assertions", "headers", "body", "tls", "retry_interval");

        Assert.Equal((2, 2), (renamed.Assertions.Count, renamed.Headers.Count));
        Assert.Equal("body contains x", Assert.Single(replaced.Assertions));
        Assert.Equal((0, 0, null, null), (cleared.Assertions.Count, cleared.Headers.Count, cleared.Tls, cleared.RetryInterval));
        Assert.Equal((null, null, null, null, null), await RowAsync(id) is var row ? (row.Headers, row.Body, row.TlsParms, row.Assertions, row.RetryInterval) : default);
    }

    [Fact]
    public async Task A_star_replaces_everything()
    {
        var id = (await CreateAsync(Full())).Id;

        var replaced = await UpdateAsync(new Target { Id = id, Name = "y", Url = "http://localhost/" }, "*");

        replaced.State = null;
        Assert.Equal(TargetDefaults(new Target { Id = id, Name = "y", Url = "http://localhost/", Enabled = true }), replaced);
    }

    [Theory]
    [InlineData("body", "method")]
    [InlineData("assertions", "timeout")]
    [InlineData("assertions", "url")]
    [InlineData("retry_interval", "frequency")]
    public async Task A_change_is_refused_that_makes_another_field_wrong(string wrong, string changed)
    {
        var id = (await CreateAsync(new Target
        {
            Name = "x",
            Url = "https://localhost/",
            Method = "POST",
            Body = "x",
            Frequency = new() { Seconds = 60 },
            RetryInterval = new() { Seconds = 30 },
            Assertions = { "latency < 5s", "certificate > 1d" },
        })).Id;
        var change = new Target { Id = id, Url = "http://localhost/", Method = "HEAD", Timeout = new() { Seconds = 2 }, Frequency = new() { Seconds = 20 } };

        var faults = await ViolationsAsync(() => UpdateAsync(change, changed));

        Assert.Equal([$"target.{wrong}"], faults.Except(changed is "url" ? ["target.body"] : [])); // without the stored body, which does not follow a new URL
    }

    [Fact]
    public async Task A_timeout_may_have_parts_of_a_second_and_seconds_written_in_SQL_take_precedence()
    {
        var id = (await CreateAsync(new Target { Name = "x", Url = "http://localhost/", Timeout = new() { Nanos = 500_000_000 } })).Id;
        var given = (await ReadAsync(id)).Timeout;
        await using (var scope = _host.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<SchedulerDb>().Database.ExecuteSqlAsync($"UPDATE targets SET timeout = 3 WHERE id = {id}", Cancellation);
        }

        var byHand = (await ReadAsync(id)).Timeout;
        await UpdateAsync(new Target { Id = id, Timeout = new() { Seconds = 2 } }, "timeout");

        Assert.Equal((0, 500_000_000), (given.Seconds, given.Nanos));
        Assert.Equal((3, 0), (byHand.Seconds, byHand.Nanos));
        Assert.Equal((2, null), await RowAsync(id) is var row ? (row.Timeout, row.TimeoutMs) : default);
    }

    [Theory]
    [InlineData("propfind", "propfind", "")]
    [InlineData("options", "OPTIONS", "")]
    [InlineData("get", "GET", "{}")]
    public async Task Any_method_can_be_chosen_and_whether_there_is_a_body_is_shown(string given, string method, string body)
    {
        var created = await CreateAsync(new Target { Name = "x", Url = "http://localhost/", Method = given, Body = body });

        Assert.Equal((method, "", body.Length > 0), (created.Method, created.Body, created.HasBody));
    }

    [Theory]
    [InlineData("headers", 1)]
    [InlineData("tls.skip_verify", 1)]
    [InlineData("assertions", 1)]
    [InlineData("max_redirects", 1)]
    [InlineData("retry_interval", 0)]
    [InlineData("failure_threshold", 0)]
    public async Task A_change_of_the_probe_makes_earlier_results_count_no_more(string field, int revisions)
    {
        var created = await CreateAsync(Full());

        await UpdateAsync(new Target { Id = created.Id }, field);

        Assert.Equal(revisions, (await RowAsync(created.Id)).Revision);
    }

    [Fact]
    public async Task An_unreadable_value_that_was_written_in_SQL_can_be_corrected_and_breaks_no_list()
    {
        await using (var scope = _host.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<SchedulerDb>().Database.ExecuteSqlAsync(
                $"""
                INSERT INTO targets (id, name, url, enabled, headers, body, tls_parms, http_version, ip_family, assertions, max_redirects)
                VALUES (7, 'x', 'http://localhost/', 0, 'enc:v1:AAAA', 'enc:v1:AAAA', 'nonsense', '3', 'IPX', 'nonsense', 99)
                """,
                Cancellation);
        }

        var listed = Assert.Single((await _targets.ListTargetsAsync(new ListTargetsRequest(), cancellationToken: Cancellation)).Targets);
        var renamed = await UpdateAsync(new Target { Id = 7, Name = "y" });
        var mended = await UpdateAsync(new Target { Id = 7, HttpVersion = HttpVersion._2, Assertions = { "body contains x" } });

        Assert.Equal((0, HttpVersion.Unspecified, IpFamily.Unspecified, "nonsense"), (listed.Headers.Count, listed.HttpVersion, listed.IpFamily, listed.Assertions.Single()));
        Assert.Equal(("y", HttpVersion._2, IpFamily.Unspecified), (renamed.Name, mended.HttpVersion, mended.IpFamily));
        Assert.Equal("enc:v1:AAAA", (await RowAsync(7)).Body);
    }

    [Fact]
    public async Task A_test_carries_the_request_sealed_and_answers_with_advice_reasons_and_offsets()
    {
        _standIns.Probe = job => SchedulerStore.Result(job, null, ProbeReasons.AssertionFailed) with
        {
            Advice = "Look into the body.",
            Trace =
            [
                new("connect", job.Slot.AddMilliseconds(5), TimeSpan.FromMilliseconds(3), "Connection", Skypunch.Contracts.StepOutcome.Ok),
                new("assertion", job.Slot.AddMilliseconds(6), TimeSpan.FromMilliseconds(9), "body contains x", Skypunch.Contracts.StepOutcome.Fail, "no such text"),
            ],
        };
        var id = (await CreateAsync(Full())).Id;

        var report = (await _targets.TestTargetAsync(new TestTargetRequest { Id = id }, cancellationToken: Cancellation)).Report;

        Assert.Equal("Look into the body.", report.Advice);
        Assert.Equal([2, 0], report.Steps.Select(step => step.Offset.ToTimeSpan().TotalMilliseconds)); // never before the begin of the probe
        Assert.Equal(["", "no such text"], report.Steps.Select(step => step.Reason));
    }

    [Fact]
    public async Task The_traces_of_the_last_failure_and_the_last_change_can_be_read()
    {
        var down = true;
        _standIns.Probe = job => (down ? SchedulerStore.Result(job, 503, ProbeReasons.StatusMismatch) : SchedulerStore.Result(job)) with
        {
            Advice = down ? "Look at its log." : null,
            Trace = [new("response", job.Slot.AddMilliseconds(2), TimeSpan.FromMilliseconds(1), "Response", down ? Skypunch.Contracts.StepOutcome.Fail : Skypunch.Contracts.StepOutcome.Ok)],
        };
        var id = (await CreateAsync(new Target { Name = "x", Url = "http://localhost/", Frequency = new() { Seconds = 1 } })).Id;
        await _standIns.Changes.Reader.ReadAsync(Cancellation);
        var whileDown = await TracesAsync(id);
        down = false;
        await _standIns.Changes.Reader.ReadAsync(Cancellation);
        var whileUp = await TracesAsync(id);
        var unknown = await Assert.ThrowsAsync<RpcException>(() => TracesAsync(99));

        Assert.Equal((TargetStatus.New, TargetStatus.Fail, "stand-in"), (whileDown.LastChangeFrom, whileDown.LastChangeTo, whileDown.LastFailure.Prober));
        Assert.Equal((TargetStatus.Fail, TargetStatus.Pass, true, false), (whileUp.LastChangeFrom, whileUp.LastChangeTo, whileUp.LastChange.Passed, whileUp.LastFailure.Passed));
        Assert.Equal(("Look at its log.", "Response"), (whileUp.LastFailure.Advice, Assert.Single(whileUp.LastFailure.Steps).Text));
        Assert.Equal(("x", ""), (whileUp.Target.Name, whileUp.Target.State.Advice));
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task A_target_that_has_not_been_probed_has_no_traces()
    {
        var id = (await CreateAsync(Full())).Id;

        var traces = await TracesAsync(id);

        Assert.Equal((null, null, id), (traces.LastFailure, traces.LastChange, traces.Target.Id));
    }

    // The target is disabled, so that it is not probed.
    private static Target Full() => new()
    {
        Name = "x",
        Url = "/servers",
        Method = "POST",
        Enabled = false,
        Authn = Authn.Openstack,
        AuthnParams = "user=u,password=p,osauthendpoint=http://localhost/v3,tenantname=t",
        Frequency = new() { Seconds = 60 },
        RetryInterval = new() { Seconds = 5 },
        Headers = { new Header { Name = "Accept", Value = "text/html" }, new Header { Name = "Authorization", Value = "Bearer s3cr3t" } },
        Body = "the b0dy",
        ContentType = "text/plain",
        FollowRedirects = true,
        KeepCookies = true,
        Proxy = "http://me:pr0xy-s3cr3t@proxy.example:3128",
        QuerySecrets = { new QueryParameter { Name = "api_key", Value = "qu3ry s3cr3t" } },
        MaxRedirects = 7,
        HttpVersion = HttpVersion._2,
        IpFamily = IpFamily.PreferIpv4,
        Tls = new() { SkipVerify = true, ClientCertificate = Pair.Certificate, ClientKey = Pair.Key, ServerName = "api.example.org" },
        Assertions = { "body contains a, \"b\"", "latency < 2s" },
        Catalog = new() { ServiceType = "compute", RegionName = "RegionOne", Interface = "internal" },
    };

    private static Target TargetDefaults(Target target)
    {
        target = Skypunch.Scheduler.Targets.TargetMapping.WithDefaults(target);
        target.AuthnParams = "";
        return target;
    }

    private static (string, string) APair()
    {
        using var certificate = ACertificate.SelfSigned();
        using var key = certificate.GetECDsaPrivateKey()!;
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    private static async Task<IEnumerable<string>> ViolationsAsync(Func<Task> call)
        => (await Assert.ThrowsAsync<RpcException>(call)).GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Select(v => v.Field);

    private string Open(Skypunch.Scheduler.Model.Target row, string column, string sealedText)
        => _host.Services.GetRequiredService<SecretBox>().Open(TargetSecrets.PlaceOf(row.Id, column), sealedText);

    private async Task<Skypunch.Scheduler.Model.Target> RowAsync(long id)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SchedulerDb>().Targets.AsNoTracking().SingleAsync(t => t.Id == id, Cancellation);
    }

    private async Task<Target> CreateAsync(Target target)
        => (await _targets.CreateTargetAsync(new CreateTargetRequest { Target = target }, cancellationToken: Cancellation)).Target;

    private async Task<Target> ReadAsync(long id) => (await _targets.GetTargetAsync(new GetTargetRequest { Id = id }, cancellationToken: Cancellation)).Target;

    private async Task<GetTargetTracesResponse> TracesAsync(long id)
        => await _targets.GetTargetTracesAsync(new GetTargetTracesRequest { Id = id }, cancellationToken: Cancellation);

    private async Task<Target> UpdateAsync(Target target, params string[] mask)
    {
        var request = new UpdateTargetRequest { Target = target };
        if (mask.Length > 0)
        {
            request.UpdateMask = new() { Paths = { mask } };
        }

        return (await _targets.UpdateTargetAsync(request, cancellationToken: Cancellation)).Target;
    }
}
