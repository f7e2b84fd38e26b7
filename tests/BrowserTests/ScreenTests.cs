using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Skypunch.BrowserTests;

/// <summary>What holds of every screen: for everybody to use, light and dark, wide and narrow, and on its own.</summary>
public sealed class ScreenTests(Chromium chromium, Page page)
{
    private const string PicturesVariable = "SKYPUNCH_PICTURES";

    public static TheoryData<string> Screens =>
    [
        "", "targets", "targets?q=payments", "targets?q=team+=", "targets?status=off", "targets/{Broken}", "targets/{Shop 01}", "targets/{Shop 01}?span=1h", "targets/{Not watched}", "targets/new",
        "targets/{Broken}/edit", "targets/new?clone={Broken}", "incidents", "incidents?open=1", "incidents/1", "notifiers", "notifiers/1", "notifiers/1/edit", "notifiers/new", "notifiers/new?type=SMTP",
        "notifiers/new?type=WEBHOOK", "settings", "wall", "no/such/page", "login",
    ];

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task A_screen_is_for_everybody_in_both_themes_and_at_both_widths(string screen)
    {
        await using var window = await Window.OpenAsync(chromium, page, isLoggedIn: screen != "login");
        foreach (var (scheme, width) in new[] { (ColorScheme.Light, 1280), (ColorScheme.Dark, 390) })
        {
            await window.Tab.EmulateMediaAsync(new() { ColorScheme = scheme });
            await window.Tab.SetViewportSizeAsync(width, 900);
            await window.Tab.GotoAsync($"{page.Url}/{await FilledAsync(screen)}", new() { WaitUntil = WaitUntilState.Load });
            var axe = await window.Tab.RunAxe(new AxeRunOptions { RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } });

            Assert.True(axe.Violations.Length == 0, string.Join("\n", axe.Violations.SelectMany(v => v.Nodes.Select(n => $"{scheme} {width}: {v.Id}: {v.Help}: {n.Html}"))));
            Assert.True(await window.Tab.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth") <= 0, $"at {width} px the screen is wider than the window");
            await TakePictureAsync(window.Tab, screen, scheme, width);
        }

        Assert.Empty(window.Elsewhere);
        Assert.Empty(window.Faults);
    }

    [Fact]
    public async Task What_a_target_says_is_text_and_no_markup()
    {
        await using var window = await Window.OpenAsync(chromium, page);
        foreach (var screen in new[] { "", "targets", $"targets/{await page.IdOfAsync(Page.Hostile)}", $"targets/{await page.IdOfAsync(Page.Hostile)}/edit", "incidents", "wall" })
        {
            await window.Tab.GotoAsync($"{page.Url}/{screen}");

            Assert.Equal(0, await window.Tab.Locator("img[src='x']").CountAsync());
            Assert.False(await window.Tab.EvaluateAsync<bool>("window.taken === true"));
        }

        Assert.Empty(window.Faults);
    }

    [Fact]
    public async Task Nothing_moves_for_whoever_wants_it_still()
    {
        await using var window = await Window.OpenAsync(chromium, page, new() { ReducedMotion = ReducedMotion.Reduce });
        await window.Tab.GotoAsync($"{page.Url}/targets");

        Assert.Equal(0, await window.Tab.EvaluateAsync<int>("document.getAnimations().length"));
    }

    [Fact]
    public async Task A_screen_with_all_its_files_is_small()
    {
        await using var window = await Window.OpenAsync(chromium, page);
        await window.Tab.GotoAsync($"{page.Url}/targets?group=shop", new() { WaitUntil = WaitUntilState.Load });
        await Assertions.Expect(window.Tab.Locator("#rows tr")).ToHaveCountAsync(50);
        var bytes = await window.Tab.EvaluateAsync<int>("[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].reduce((sum, entry) => sum + entry.encodedBodySize, 0)");

        Assert.InRange(bytes, 1, 100_000);
    }

    private async Task<string> FilledAsync(string screen)
    {
        var open = screen.IndexOf('{', StringComparison.Ordinal);
        return open < 0 ? screen : $"{screen[..open]}{await page.IdOfAsync(screen[(open + 1)..screen.IndexOf('}', StringComparison.Ordinal)])}{screen[(screen.IndexOf('}', StringComparison.Ordinal) + 1)..]}";
    }

    // For people: SKYPUNCH_PICTURES names a folder.
    private static async Task TakePictureAsync(IPage tab, string screen, ColorScheme scheme, int width)
    {
        if (Environment.GetEnvironmentVariable(PicturesVariable) is { Length: > 0 } folder)
        {
            var name = string.Concat(screen.Select(c => char.IsLetterOrDigit(c) ? c : '-'));
            await tab.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{(name.Length == 0 ? "overview" : name)}.{scheme}.{width}.png".ToLowerInvariant()), FullPage = true });
        }
    }
}
