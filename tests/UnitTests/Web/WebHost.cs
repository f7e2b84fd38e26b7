using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Skypunch.Admin.V1;
using Skypunch.ServiceDefaults;
using Skypunch.UnitTests.Hosting;
using Skypunch.UnitTests.Scheduler;
using Skypunch.UnitTests.Standalone;
using Skypunch.Web;

namespace Skypunch.UnitTests.Web;

/// <summary>
/// The page as a service of its own, which has nothing but the address of a real Scheduler and the token; and a browser's requests to it. The
/// test moves the clock of the page.
/// </summary>
internal sealed class WebHost : IAsyncDisposable
{
    private readonly SchedulerHost _scheduler;
    private readonly WebApplication _app;

    private WebHost(SchedulerHost scheduler, WebApplication app, int port)
    {
        (_scheduler, _app) = (scheduler, app);
        Address = new Uri($"http://127.0.0.1:{port}/");
        HealthAddress = new Uri($"http://127.0.0.1:{port + 1}/");
    }

    /// <summary>The clock of the page, not of the Scheduler.</summary>
    public FakeTimeProvider Clock { get; private init; } = null!;

    public Uri Address { get; }

    public Uri HealthAddress { get; }

    public HttpClient Browser { get; } = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false });

    public GrpcChannel Channel => _scheduler.Channel;

    public IServiceProvider SchedulerServices => _scheduler.Services;

    public static async Task<WebHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var scheduler = await SchedulerHost.StartAsync(new StandIns());
        var port = DaemonProcess.FreePort();
        var builder = TestHost.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Kestrel:Endpoints:Web:Url"] = $"http://127.0.0.1:{port}",
            ["Kestrel:Endpoints:Health:Url"] = $"http://127.0.0.1:{port + 1}",
            ["Web:ApiUrl"] = $"http://{scheduler.Channel.Target}",
            ["Admin:Token"] = AdminChannel.Token,
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.AddServiceDefaults();
        builder.AddWeb().AddAdminApiCheck();
        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapWeb();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new WebHost(scheduler, app, port) { Clock = clock };
    }

    /// <summary>Adds a target that is not probed.</summary>
    public async Task<Target> AddTargetAsync(string name)
        => (await new TargetService.TargetServiceClient(Channel).CreateTargetAsync(
            new CreateTargetRequest { Target = new() { Name = name, Url = "http://127.0.0.1:9/", Enabled = false } },
            cancellationToken: TestContext.Current.CancellationToken)).Target;

    /// <summary>Logs in by a code, as a browser does that follows a link.</summary>
    /// <returns>The cookie that it keeps.</returns>
    public async Task<string> LogInAsync()
    {
        var made = await new AccessService.AccessServiceClient(Channel).CreateLoginCodeAsync(new(), cancellationToken: TestContext.Current.CancellationToken);
        return CookieOf(await GetAsync($"login/{made.Code}", ""));
    }

    /// <summary>Asks for a page.</summary>
    /// <param name="path">The path, without its first slash.</param>
    /// <param name="cookie">The cookie of a session; empty: none.</param>
    /// <param name="headers">More headers.</param>
    public Task<HttpResponseMessage> GetAsync(string path, string cookie, params (string Name, string Value)[] headers)
        => Browser.SendAsync(Request(HttpMethod.Get, path, cookie, headers), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

    /// <summary>Sends a form as a page of ours does, unless the headers say otherwise.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, string cookie, Dictionary<string, string> form, params (string Name, string Value)[] headers)
    {
        var request = Request(HttpMethod.Post, path, cookie, headers.Length > 0 ? headers : [("Sec-Fetch-Site", "same-origin")]);
        request.Content = new FormUrlEncodedContent(form);
        return Browser.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The text of a page.</summary>
    public async Task<string> PageAsync(string path, string cookie)
    {
        using var answer = await GetAsync(path, cookie);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The cookie of a session that an answer sets, as a browser sends it back.</summary>
    public static string CookieOf(HttpResponseMessage answer) => SetCookie(answer).Split(';')[0];

    /// <summary>What an answer says of the cookie of a session.</summary>
    public static string SetCookie(HttpResponseMessage answer)
        => Assert.Single(answer.Headers.GetValues("Set-Cookie"), cookie => !cookie.StartsWith("skypunch-told", StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _scheduler.DisposeAsync();
    }

    private HttpRequestMessage Request(HttpMethod method, string path, string cookie, (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, new Uri($"{Address}{path}")); // a path such as "javascript:x" is no address of its own
        foreach (var (name, value) in cookie.Length > 0 ? headers.Append(("Cookie", cookie)) : headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }
}
