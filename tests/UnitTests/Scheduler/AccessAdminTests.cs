using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using Skypunch.Admin.V1;

namespace Skypunch.UnitTests.Scheduler;

/// <summary>The admin API of the page's sessions.</summary>
public sealed class AccessAdminTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(SchedulerStore.Noon);
    private SchedulerHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await SchedulerHost.StartAsync(new StandIns(), _clock);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_code_opens_one_session()
    {
        var made = await Access.CreateLoginCodeAsync(new(), cancellationToken: TestContext.Current.CancellationToken);

        var opened = await OpenAsync(made.Code);

        Assert.Equal(SchedulerStore.Noon.AddMinutes(1), made.ExpireTime.ToDateTimeOffset());
        Assert.Equal(opened.Session, (await FindAsync(opened.Secret)).Session);
        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(() => OpenAsync(made.Code))).StatusCode);
    }

    [Fact]
    public async Task Of_two_who_use_a_code_at_the_same_time_one_gets_a_session()
    {
        var made = await Access.CreateLoginCodeAsync(new(), cancellationToken: TestContext.Current.CancellationToken);

        var opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            try
            {
                return (await OpenAsync(made.Code)).Secret;
            }
            catch (RpcException e) when (e.StatusCode is StatusCode.Unauthenticated)
            {
                return "";
            }
        }));

        Assert.Single(opened, secret => secret.Length > 0);
    }

    [Fact]
    public async Task A_code_is_valid_for_a_minute_and_is_no_session()
    {
        var early = await Access.CreateLoginCodeAsync(new(), cancellationToken: TestContext.Current.CancellationToken);
        var late = await Access.CreateLoginCodeAsync(new(), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => FindAsync(early.Code))).StatusCode);
        _clock.Advance(TimeSpan.FromSeconds(59));
        await OpenAsync(early.Code);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(() => OpenAsync(late.Code))).StatusCode);
    }

    [Fact]
    public async Task A_session_ends_a_week_after_its_last_use_and_90_days_after_it_was_opened()
    {
        var (used, unused) = (await OpenAsync(""), await OpenAsync(""));

        for (var day = 6; day < 90; day += 6)
        {
            _clock.Advance(TimeSpan.FromDays(6));
            await FindAsync(used.Secret);
        }

        Assert.Equal(SchedulerStore.Noon.AddDays(90), (await FindAsync(used.Secret)).Session.ExpireTime.ToDateTimeOffset());
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => FindAsync(unused.Secret))).StatusCode);
        _clock.Advance(TimeSpan.FromDays(6));
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => FindAsync(used.Secret))).StatusCode);
    }

    [Fact]
    public async Task Sessions_are_listed_the_last_used_one_first_without_codes_and_without_what_has_ended()
    {
        var first = await OpenAsync("", "Firefox");
        _clock.Advance(TimeSpan.FromMinutes(5));
        await OpenAsync("", "Chrome");
        await Access.CreateLoginCodeAsync(new(), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["Chrome", "Firefox"], await ListAsync());

        _clock.Advance(TimeSpan.FromMinutes(5));
        await FindAsync(first.Secret);
        Assert.Equal(["Firefox", "Chrome"], await ListAsync());

        _clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(5));
        Assert.Equal(["Firefox"], await ListAsync());
    }

    [Fact]
    public async Task A_session_is_ended_by_its_id_and_a_code_has_none()
    {
        var opened = await OpenAsync("");

        var ended = await EndAsync(opened.Session.Id);

        Assert.Equal(opened.Session.Id, ended.Session.Id);
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => FindAsync(opened.Secret))).StatusCode);
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => EndAsync(opened.Session.Id))).StatusCode);
    }

    [Fact]
    public async Task The_name_of_a_browser_is_one_line_of_at_most_256_characters()
    {
        var opened = await OpenAsync("", "a\nb" + new string('x', 300));

        Assert.Equal("a b" + new string('x', 253), opened.Session.Client);
    }

    [Fact]
    public async Task The_store_has_no_secret()
    {
        var opened = await OpenAsync("");
        var made = await Access.CreateLoginCodeAsync(new(), cancellationToken: TestContext.Current.CancellationToken);

        var text = _host.TextOfFiles();

        Assert.DoesNotContain(opened.Secret, text, StringComparison.Ordinal);
        Assert.DoesNotContain(made.Code, text, StringComparison.Ordinal);
    }

    private AccessService.AccessServiceClient Access => new(_host.Channel);

    private async Task<CreateSessionResponse> OpenAsync(string code, string client = "")
        => await Access.CreateSessionAsync(new() { Code = code, Client = client }, cancellationToken: TestContext.Current.CancellationToken);

    private async Task<FindSessionResponse> FindAsync(string secret)
        => await Access.FindSessionAsync(new() { Secret = secret }, cancellationToken: TestContext.Current.CancellationToken);

    private async Task<DeleteSessionResponse> EndAsync(long id)
        => await Access.DeleteSessionAsync(new() { Id = id }, cancellationToken: TestContext.Current.CancellationToken);

    private async Task<IEnumerable<string>> ListAsync()
        => (await Access.ListSessionsAsync(new(), cancellationToken: TestContext.Current.CancellationToken)).Sessions.Select(session => session.Client);
}
