using Skypunch.Admin.V1;
using Skypunch.Web.Api;
using Skypunch.Web.Languages;

namespace Skypunch.Web.Rendering;

/// <summary>One request of somebody who looks at the page.</summary>
/// <param name="http">The request.</param>
/// <param name="words">The language of whoever looks.</param>
/// <param name="api">The admin API.</param>
/// <param name="pathBase">The path below which the page is shown; empty, or with a slash at its begin.</param>
/// <param name="now">When the request came.</param>
public sealed class Visit(HttpContext http, Words words, ApiClients api, string pathBase, DateTimeOffset now)
{
    public HttpContext Http { get; } = http;

    public Words Words { get; } = words;

    public ApiClients Api { get; } = api;

    /// <summary>The path below which the browser sees the page. The request has it only if no reverse proxy has cut it off.</summary>
    public string PathBase { get; } = pathBase;

    public DateTimeOffset Now { get; } = now;

    /// <summary>The session; null: nobody is logged in.</summary>
    public PageSession? Session { get; init; }

    public CancellationToken Cancelled => Http.RequestAborted;

    /// <summary>The path below <see cref="PathBase"/>, without its first slash and with its query: as the page's links have it.</summary>
    public string Here => $"{PathBelow}{Http.Request.QueryString}";

    /// <summary>The id in the path.</summary>
    public long Id => long.TryParse((string?)Http.Request.RouteValues["id"], out var id) ? id : 0;

    private string PathBelow => (Http.Request.Path.StartsWithSegments(PathBase, StringComparison.Ordinal, out var below) ? below : Http.Request.Path).ToString().TrimStart('/');

    /// <summary>A parameter of the query, trimmed; empty: it is not there.</summary>
    public string Query(string name) => Http.Request.Query[name].ToString().Trim();
}
