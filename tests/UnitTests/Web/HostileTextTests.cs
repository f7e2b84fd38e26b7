using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.Scheduler.Store;

namespace Skypunch.UnitTests.Web;

/// <summary>What others have written (names, addresses, answers of targets) is text on the page, never markup or a script.</summary>
public sealed partial class HostileTextTests
{
    private const string Hostile = "<img src=x onerror=alert(1)>\"'&</script>";

    [Fact]
    public async Task Names_descriptions_and_answers_are_encoded_and_an_address_that_is_no_link_is_none()
    {
        await using var web = await WebHost.StartAsync();
        var target = await web.AddTargetAsync(Hostile);
        await using (var scope = web.SchedulerServices.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<SchedulerDb>().Targets.ExecuteUpdateAsync(
                set => set.SetProperty(t => t.Url, "javascript:alert(1)").SetProperty(t => t.Description, Hostile).SetProperty(t => t.StatusDescription, Hostile).SetProperty(t => t.GroupPath, Hostile),
                TestContext.Current.CancellationToken);
        }

        var cookie = await web.LogInAsync();
        foreach (var path in (string[])["", "targets", $"targets/{target.Id}", $"targets/{target.Id}/edit", $"targets?match={Uri.EscapeDataString(Hostile)}", "wall"])
        {
            var page = await web.PageAsync(path, cookie);

            Assert.Contains("id=\"screen\"", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
            Assert.DoesNotContain("href=\"javascript:", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotMatch(@"<[^>]+\sonerror=", WithoutValues(page));
        }

        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;", await web.PageAsync($"targets/{target.Id}", cookie), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_name_of_a_browser_and_a_path_are_text_too()
    {
        await using var web = await WebHost.StartAsync();
        using var login = await web.PostAsync("login", "", new() { ["token"] = AdminChannel.Token }, ("User-Agent", Hostile), ("Sec-Fetch-Site", "same-origin"));
        var cookie = WebHost.CookieOf(login);

        var settings = await web.PageAsync("settings", cookie);
        var missing = await web.PageAsync("javascript:alert(1)", cookie);
        var quoted = await web.PageAsync("%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E", cookie);

        Assert.Contains("&lt;img src=x", settings, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"javascript:", missing, StringComparison.OrdinalIgnoreCase);
        Assert.All([settings, quoted], page => Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal));
    }

    // The values of attributes may have any text, but for the quotes around them.
    private static string WithoutValues(string page) => Value().Replace(page, "\"\"");

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Value();
}
