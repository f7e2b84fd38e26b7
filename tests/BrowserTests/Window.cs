using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Skypunch.BrowserTests;

/// <summary>A window of the browser that is logged in, and notes what must not happen: requests elsewhere, and faults in the console.</summary>
internal sealed class Window : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    private Window(IBrowserContext context, IPage page)
    {
        _context = context;
        Tab = page;
    }

    /// <summary>The tab.</summary>
    public IPage Tab { get; }

    /// <summary>Requests to other origins.</summary>
    public ConcurrentBag<string> Elsewhere { get; } = [];

    /// <summary>Faults that the browser has told in its console, such as what the Content-Security-Policy has refused.</summary>
    public ConcurrentBag<string> Faults { get; } = [];

    public static async Task<Window> OpenAsync(Chromium chromium, Page page, BrowserNewContextOptions? options = null, bool isLoggedIn = true)
    {
        var context = await chromium.NewWindowAsync(options ?? new());
        var window = new Window(context, await context.NewPageAsync());
        window.Tab.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(page.Url, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                window.Elsewhere.Add(request.Url);
            }
        };
        window.Tab.Console += (_, message) =>
        {
            if (message.Type is "error" && !message.Text.Contains("status of 4", StringComparison.Ordinal)) // a screen may be a 400 or a 404
            {
                window.Faults.Add(message.Text);
            }
        };
        window.Tab.PageError += (_, error) => window.Faults.Add(error);
        if (isLoggedIn)
        {
            await window.Tab.GotoAsync(await page.LinkAsync());
        }

        return window;
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
