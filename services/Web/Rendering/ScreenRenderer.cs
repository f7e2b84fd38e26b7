using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Skypunch.Web.Rendering;

/// <summary>
/// Makes HTML of a screen. The components are rendered once and hold no state, so there is no circuit, no antiforgery and no data protection
/// behind them (decision 35).
/// </summary>
public sealed class ScreenRenderer(IServiceProvider services, ILoggerFactory loggers)
{
    /// <summary>The whole document.</summary>
    /// <param name="visit">Who looks.</param>
    /// <param name="screen">What is shown.</param>
    /// <param name="told">What a form has just done; empty: nothing.</param>
    public Task<string> DocumentAsync(Visit visit, Screen screen, string told) => RenderAsync(visit, screen, isWhole: true, told);

    /// <summary>The screen alone, for whoever looks at it already.</summary>
    public Task<string> BodyAsync(Visit visit, Screen screen) => RenderAsync(visit, screen, isWhole: false, "");

    private async Task<string> RenderAsync(Visit visit, Screen screen, bool isWhole, string told)
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(Frame.Visit)] = visit,
            [nameof(Frame.Screen)] = screen,
            [nameof(Frame.IsWhole)] = isWhole,
            [nameof(Frame.Told)] = told,
        });
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<Frame>(parameters)).ToHtmlString());
    }
}
