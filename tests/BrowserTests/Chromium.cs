using Microsoft.Playwright;

namespace Skypunch.BrowserTests;

/// <summary>The browser, which all tests share; each test has windows of its own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Variable = "SKYPUNCH_TEST_BROWSER";
    private static readonly string[] Usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        var program = Environment.GetEnvironmentVariable(Variable) ?? Usual.FirstOrDefault(File.Exists);
        if (program is null)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = ["--no-sandbox", "--disable-gpu"] });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>A window with cookies of its own. In CI there must be a browser; elsewhere the test is skipped without one.</summary>
    internal Task<IBrowserContext> NewWindowAsync(BrowserNewContextOptions options)
    {
        Assert.SkipWhen(_browser is null && Environment.GetEnvironmentVariable("CI") != "true", $"there is no Chromium: install it, or name it in {Variable}");
        Assert.True(_browser is not null, $"there is no Chromium: tests/run installs it, or {Variable} names it");
        options.Locale ??= "en-GB";
        return _browser.NewContextAsync(options);
    }
}
