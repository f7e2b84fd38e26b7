using Google.Rpc;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.Admin.V1;
using Skypunch.Scheduler.Store;

namespace Skypunch.UnitTests.Scheduler;

public sealed class TargetAdminTests : IAsyncLifetime
{
    private SchedulerHost _host = null!;
    private TargetService.TargetServiceClient _targets = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await SchedulerHost.StartAsync(new StandIns());
        _targets = new TargetService.TargetServiceClient(_host.Channel);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Unset_fields_take_their_defaults()
    {
        var target = await CreateAsync(new Target { Name = "x", Url = "http://localhost/" });

        Assert.Equal(("GET", Authn.None, "200", 10L, 10L), (target.Method, target.Authn, target.PassResult, target.Frequency.Seconds, target.Timeout.Seconds));
        Assert.True(target.Enabled);
    }

    [Fact]
    public async Task A_timeout_that_is_not_given_is_no_longer_than_the_frequency()
    {
        var target = await CreateAsync(new Target { Name = "x", Url = "http://localhost/", Frequency = new() { Seconds = 2 } });

        Assert.Equal(2, target.Timeout.Seconds);
    }

    [Fact]
    public async Task Every_fault_is_named_at_once()
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => CreateAsync(new Target
        {
            Name = " ",
            Url = "ftp://x",
            Method = "BREW TEA",
            Authn = Authn.Basic,
            AuthnParams = "user=me",
            PassResult = "ok",
            Frequency = new() { Nanos = 5 },
            Timeout = new() { Seconds = 0 },
            FailureThreshold = 101,
        }));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Equal(
            ["target.authn_params", "target.failure_threshold", "target.frequency", "target.method", "target.name", "target.pass_result", "target.timeout", "target.url"],
            error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Select(v => v.Field).Order());
    }

    [Theory]
    [InlineData(Authn.Basic, "", "lack user, password, which BASIC needs")]
    [InlineData(Authn.Openstack, "user=u", "lack password, osauthendpoint, tenantid, which OPENSTACK needs")]
    [InlineData(Authn.Basic, "user=u,password=s3cr3t,tail", "part 3 has no '='")]
    [InlineData(Authn.None, "user=u", "authn is NONE")]
    public async Task Authentication_without_its_parameters_is_refused_and_each_missing_name_is_reported(Authn authn, string parameters, string expected)
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => CreateAsync(new Target { Name = "x", Url = "http://localhost/", Authn = authn, AuthnParams = parameters }));

        var violation = Assert.Single(error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations);
        Assert.Equal("target.authn_params", violation.Field);
        Assert.Contains(expected, violation.Description);
        Assert.DoesNotContain("s3cr3t", error.ToString());
    }

    [Fact]
    public async Task Parameters_that_do_not_fit_the_store_sealed_are_refused()
    {
        var longest = $"user=u,password={new string('ä', (6000 - "user=u,password=".Length) / 2)}";

        await CreateAsync(new Target { Name = "fits", Url = "http://localhost/", Authn = Authn.Basic, AuthnParams = longest });
        var error = await Assert.ThrowsAsync<RpcException>(
            () => CreateAsync(new Target { Name = "x", Url = "http://localhost/", Authn = Authn.Basic, AuthnParams = longest + "x" }));

        Assert.Contains("not take more than 6000 bytes", error.Status.Detail);
        await using var scope = _host.Services.CreateAsyncScope();
        Assert.InRange((await scope.ServiceProvider.GetRequiredService<SchedulerDb>().Targets.Select(t => t.AuthnParms).SingleAsync(Cancellation))!.Length, 1, 8192);
    }

    [Fact]
    public async Task Credentials_in_a_url_are_refused()
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => CreateAsync(new Target { Name = "x", Url = "http://me:s3cr3t@localhost/" }));

        Assert.Contains("must not hold credentials", error.Status.Detail);
        Assert.DoesNotContain("s3cr3t", error.ToString());
    }

    [Fact]
    public async Task Secrets_go_in_and_never_come_out()
    {
        var target = await CreateAsync(new Target { Name = "x", Url = "http://localhost/", Authn = Authn.Basic, AuthnParams = "user=me,password=s3cr3t" });

        Assert.Empty(target.AuthnParams);
        await using var scope = _host.Services.CreateAsyncScope();
        var stored = await scope.ServiceProvider.GetRequiredService<SchedulerDb>().Targets.Select(t => t.AuthnParms).SingleAsync(Cancellation);
        Assert.StartsWith("enc:v2:", stored);
    }

    [Fact]
    public async Task A_name_in_use_is_refused()
    {
        await CreateAsync(new Target { Name = "x", Url = "http://localhost/" });

        var error = await Assert.ThrowsAsync<RpcException>(() => CreateAsync(new Target { Name = "x", Url = "http://localhost/2" }));

        Assert.Equal(StatusCode.AlreadyExists, error.StatusCode);
    }

    [Fact]
    public async Task A_target_that_is_only_validated_is_not_created()
    {
        var response = await _targets.CreateTargetAsync(
            new CreateTargetRequest { Target = new Target { Name = "x", Url = "http://localhost/" }, ValidateOnly = true },
            cancellationToken: Cancellation);

        Assert.Equal(0, response.Target.Id);
        Assert.Empty((await _targets.ListTargetsAsync(new ListTargetsRequest(), cancellationToken: Cancellation)).Targets);
    }

    [Fact]
    public async Task An_update_changes_what_the_mask_names_and_leaves_the_rest()
    {
        var target = await CreateAsync(new Target { Name = "x", Url = "http://localhost/", Authn = Authn.Basic, AuthnParams = "user=me,password=s3cr3t" });

        var updated = await UpdateAsync(new Target { Id = target.Id, Name = "y", Url = "http://ignored/" }, "name");
        var disabled = await UpdateAsync(new Target { Id = target.Id, Enabled = false });

        Assert.Equal(("y", "http://localhost/", Authn.Basic), (updated.Name, updated.Url, updated.Authn));
        Assert.False(disabled.Enabled);
        Assert.Equal("y", disabled.Name);
    }

    [Fact]
    public async Task An_update_is_checked_against_the_fields_that_stay()
    {
        var target = await CreateAsync(new Target { Name = "x", Url = "http://localhost/", Frequency = new() { Seconds = 30 }, Timeout = new() { Seconds = 20 } });

        var tooOften = await Assert.ThrowsAsync<RpcException>(() => UpdateAsync(new Target { Id = target.Id, Frequency = new() { Seconds = 5 } }, "frequency"));
        var noParameters = await Assert.ThrowsAsync<RpcException>(() => UpdateAsync(new Target { Id = target.Id, Authn = Authn.Basic }, "authn"));
        var readOnly = await Assert.ThrowsAsync<RpcException>(() => UpdateAsync(new Target { Id = target.Id }, "state"));

        Assert.Contains("target.timeout must be", tooOften.Status.Detail);
        Assert.Contains("lack user, password", noParameters.Status.Detail);
        Assert.Contains("'state', which cannot be changed", readOnly.Status.Detail);
    }

    [Fact]
    public async Task A_row_written_by_hand_can_be_corrected_field_by_field()
    {
        await using (var scope = _host.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<SchedulerDb>();
            await db.Database.ExecuteSqlAsync($"INSERT INTO targets (id, name, url, method, authn, enabled) VALUES (77, 'x', 'nonsense', 'BREW', 'FOO', 0)", Cancellation);
        }

        var renamed = await UpdateAsync(new Target { Id = 77, Name = "y" }, "name");
        var mended = await UpdateAsync(new Target { Id = 77, Url = "http://localhost/", Method = "get", Authn = Authn.None }, "url", "method", "authn");

        Assert.Equal(("y", "BREW", Authn.Unspecified), (renamed.Name, renamed.Method, renamed.Authn));
        Assert.Equal(("http://localhost/", "GET", Authn.None), (mended.Url, mended.Method, mended.Authn));
    }

    [Fact]
    public async Task Pages_follow_one_another_to_the_end()
    {
        foreach (var name in new[] { "a", "b", "c" })
        {
            await CreateAsync(new Target { Name = name, Url = "http://localhost/" });
        }

        var first = await _targets.ListTargetsAsync(new ListTargetsRequest { PageSize = 2 }, cancellationToken: Cancellation);
        var second = await _targets.ListTargetsAsync(new ListTargetsRequest { PageSize = 2, PageToken = first.NextPageToken }, cancellationToken: Cancellation);
        var error = await Assert.ThrowsAsync<RpcException>(async () => await _targets.ListTargetsAsync(new ListTargetsRequest { PageToken = "x y" }, cancellationToken: Cancellation));

        Assert.Equal(["a", "b"], first.Targets.Select(t => t.Name));
        Assert.Equal(["c"], second.Targets.Select(t => t.Name));
        Assert.Empty(second.NextPageToken);
        Assert.Contains("page_token", error.Status.Detail);
    }

    [Fact]
    public async Task A_description_is_kept_in_its_lines_and_asks_for_no_probe()
    {
        var target = await CreateAsync(new Target { Name = "x", Url = "http://localhost/", Description = " Ask the web team.\r\n\t+49 30 1234 \n" });
        var before = await RevisionAsync();

        var updated = await UpdateAsync(new Target { Id = target.Id, Description = "Ask nobody." });

        Assert.Equal(("Ask the web team.\n\t+49 30 1234", "Ask nobody."), (target.Description, updated.Description));
        Assert.Equal(before, await RevisionAsync());
        Assert.Equal("", (await UpdateAsync(new Target { Id = target.Id }, "description")).Description);

        async Task<int> RevisionAsync()
        {
            await using var scope = _host.Services.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<SchedulerDb>().Targets.Select(t => t.Revision).SingleAsync(Cancellation);
        }
    }

    [Fact]
    public async Task Enable_disable_and_delete()
    {
        var id = (await CreateAsync(new Target { Name = "x", Url = "http://localhost/" })).Id;

        Assert.False((await _targets.DisableTargetAsync(new DisableTargetRequest { Id = id }, cancellationToken: Cancellation)).Target.Enabled);
        Assert.True((await _targets.EnableTargetAsync(new EnableTargetRequest { Id = id }, cancellationToken: Cancellation)).Target.Enabled);
        Assert.Equal("x", (await _targets.DeleteTargetAsync(new DeleteTargetRequest { Id = id }, cancellationToken: Cancellation)).Target.Name);
        var error = await Assert.ThrowsAsync<RpcException>(async () => await _targets.GetTargetAsync(new GetTargetRequest { Id = id }, cancellationToken: Cancellation));

        Assert.Equal((StatusCode.NotFound, $"There is no target with id {id}."), (error.StatusCode, error.Status.Detail));
    }

    private async Task<Target> CreateAsync(Target target)
        => (await _targets.CreateTargetAsync(new CreateTargetRequest { Target = target }, cancellationToken: Cancellation)).Target;

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
