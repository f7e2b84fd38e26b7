using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Skypunch.BrowserTests;

/// <summary>What people do on the page.</summary>
public sealed partial class WorkTests(Chromium chromium, Page page)
{
    [Fact]
    public async Task Without_scripts_a_target_is_added_found_tested_changed_and_deleted()
    {
        await using var window = await Window.OpenAsync(chromium, page, new() { JavaScriptEnabled = false });
        var tab = window.Tab;
        await tab.GotoAsync($"{page.Url}/targets/new");
        await tab.GetByLabel("Address", new() { Exact = true }).FillAsync("nonsense");
        await tab.GetByLabel("Name", new() { Exact = true }).FillAsync("By hand");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();
        await Assertions.Expect(tab.Locator("#f-url-fault")).ToContainTextAsync("http");
        Assert.Equal("By hand", await tab.GetByLabel("Name", new() { Exact = true }).InputValueAsync());

        await tab.GetByLabel("Address", new() { Exact = true }).FillAsync(page.Watched("/by-hand"));
        await tab.GetByLabel("Labels", new() { Exact = true }).FillAsync("team=web");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();
        await Assertions.Expect(tab.GetByRole(AriaRole.Status)).ToContainTextAsync("By hand is added");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Test now" }).ClickAsync();
        await Assertions.Expect(tab.Locator("#tested")).ToContainTextAsync("PASS");
        await tab.GotoAsync($"{page.Url}/targets?q=By+hand");
        await tab.GetByRole(AriaRole.Link, new() { Name = "By hand" }).ClickAsync();
        await tab.GetByRole(AriaRole.Link, new() { Name = "Edit" }).ClickAsync();
        await tab.GetByLabel("Name", new() { Exact = true }).FillAsync("By hand, too");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(tab.Locator("h1")).ToContainTextAsync("By hand, too");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Disable" }).ClickAsync();
        await Assertions.Expect(tab.Locator("h1")).ToContainTextAsync("disabled");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Assertions.Expect(tab.GetByRole(AriaRole.Status)).ToContainTextAsync("is deleted");

        Assert.DoesNotContain("By hand", await page.DoAsync("targets"));
    }

    [Fact]
    public async Task A_failure_and_a_recovery_show_without_a_reload()
    {
        await page.DoAsync("targets", "add", "Comes and goes", page.Watched("/comes-and-goes"), "--frequency", "1s");
        await using var window = await Window.OpenAsync(chromium, page);
        await window.Tab.GotoAsync($"{page.Url}/targets?q=Comes+and+goes");
        var state = window.Tab.Locator("#rows .state");
        await Assertions.Expect(state).ToContainTextAsync("PASS", new() { Timeout = 15_000 });
        await window.Tab.EvaluateAsync("window.isSamePage = true");

        page.Down("/comes-and-goes");
        await Assertions.Expect(state).ToContainTextAsync("FAIL", new() { Timeout = 15_000 });
        page.Down("/comes-and-goes", isDown: false);
        await Assertions.Expect(state).ToContainTextAsync("PASS", new() { Timeout = 15_000 });

        Assert.True(await window.Tab.EvaluateAsync<bool>("window.isSamePage"));
        await page.DoAsync("targets", "Comes and goes", "delete", "--yes");
    }

    [Fact]
    public async Task What_is_typed_is_searched_for_and_stands_in_the_address()
    {
        await using var window = await Window.OpenAsync(chromium, page);
        await window.Tab.GotoAsync($"{page.Url}/targets");
        await window.Tab.GetByLabel("Search or filter").PressSequentiallyAsync("Shop 07");

        await Assertions.Expect(window.Tab.Locator("#rows tr")).ToHaveCountAsync(1);
        await Assertions.Expect(window.Tab).ToHaveURLAsync(Q());
        await window.Tab.GetByLabel("Search or filter").FillAsync("labels.tier = 1 AND name : Shop");
        await Assertions.Expect(window.Tab.Locator("#rows tr")).ToHaveCountAsync(20);
        await window.Tab.GetByLabel("Search or filter").FillAsync("labels.tier =");
        await Assertions.Expect(window.Tab.Locator("#q-fault")).ToContainTextAsync("at character");
        Assert.Empty(window.Faults);
    }

    [Fact]
    public async Task Many_targets_are_ticked_and_disabled_at_once()
    {
        await page.DoAsync("targets", "add", "Many one", page.Watched("/many"), "--group", "many");
        await page.DoAsync("targets", "add", "Many two", page.Watched("/many"), "--group", "many");
        await using var window = await Window.OpenAsync(chromium, page);
        await window.Tab.GotoAsync($"{page.Url}/targets?group=many");
        await window.Tab.GetByLabel("All on this page").CheckAsync();
        await window.Tab.GetByRole(AriaRole.Button, new() { Name = "Disable" }).ClickAsync();

        await Assertions.Expect(window.Tab.Locator(".told")).ToContainTextAsync("2 of 2 targets are changed");
        await Assertions.Expect(window.Tab.Locator("#rows .mark.off")).ToHaveCountAsync(2);
        window.Tab.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
        await window.Tab.GetByLabel("All on this page").CheckAsync();
        await window.Tab.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Assertions.Expect(window.Tab.Locator(".told")).ToContainTextAsync("2 targets are deleted");
    }

    [Fact]
    public async Task The_keyboard_alone_is_enough()
    {
        await using var window = await Window.OpenAsync(chromium, page);
        var (tab, keyboard) = (window.Tab, window.Tab.Keyboard);
        await tab.GotoAsync($"{page.Url}/targets?q=Broken");
        await keyboard.PressAsync("Tab");
        await Assertions.Expect(tab.Locator(".skip")).ToBeFocusedAsync();
        await keyboard.PressAsync("Enter");
        await TabToAsync(tab, "Broken");
        await keyboard.PressAsync("Enter");
        await Assertions.Expect(tab.Locator("h1")).ToContainTextAsync("Broken");
        await TabToAsync(tab, "Test now");
        await keyboard.PressAsync("Enter");
        await Assertions.Expect(tab.Locator("#tested")).ToContainTextAsync("503");
    }

    [Fact]
    public async Task Only_the_token_or_a_fresh_link_logs_in_and_logging_out_ends_it()
    {
        await using var window = await Window.OpenAsync(chromium, page, isLoggedIn: false);
        var tab = window.Tab;
        await tab.GotoAsync($"{page.Url}/targets?status=FAIL");
        await tab.GetByLabel("Admin token").FillAsync("not it");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await Assertions.Expect(tab.GetByRole(AriaRole.Alert)).ToContainTextAsync("not the admin token");
        await tab.GetByLabel("Admin token").FillAsync(page.Token);
        await tab.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await Assertions.Expect(tab).ToHaveURLAsync($"{page.Url}/targets?status=FAIL");

        await tab.GetByRole(AriaRole.Button, new() { Name = "Log out" }).ClickAsync();
        await tab.GotoAsync($"{page.Url}/targets");
        await Assertions.Expect(tab.GetByLabel("Admin token")).ToBeVisibleAsync();
        var link = await page.LinkAsync();
        await tab.GotoAsync(link);
        await Assertions.Expect(tab.Locator("#counts")).ToBeVisibleAsync();
        await tab.GetByRole(AriaRole.Button, new() { Name = "Log out" }).ClickAsync();
        await tab.GotoAsync(link);
        await Assertions.Expect(tab.GetByRole(AriaRole.Alert)).ToContainTextAsync("used");
    }

    [Fact]
    public async Task The_page_speaks_German_and_keeps_its_colours()
    {
        await using var window = await Window.OpenAsync(chromium, page, new() { Locale = "de-DE" });
        await Assertions.Expect(window.Tab.Locator("html")).ToHaveAttributeAsync("lang", "de");
        await Assertions.Expect(window.Tab.Locator(".top")).ToContainTextAsync("Übersicht");
        await window.Tab.GotoAsync($"{page.Url}/settings");
        await window.Tab.Locator("#theme").SelectOptionAsync("dark");
        await window.Tab.Locator("#language").SelectOptionAsync("en");
        await window.Tab.Locator("form.fields button").ClickAsync();

        await Assertions.Expect(window.Tab.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await Assertions.Expect(window.Tab.Locator("html")).ToHaveAttributeAsync("lang", "en");
    }

    private static async Task TabToAsync(IPage tab, string text)
    {
        for (var steps = 0; steps < 100; steps++)
        {
            await tab.Keyboard.PressAsync("Tab");
            if (await tab.EvaluateAsync<string>("document.activeElement.textContent.trim()") == text)
            {
                return;
            }
        }

        Assert.Fail($"the key Tab does not reach '{text}'");
    }

    [GeneratedRegex("q=Shop\\+07")]
    private static partial Regex Q();
}
