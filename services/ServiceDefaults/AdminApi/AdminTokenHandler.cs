using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Skypunch.ServiceDefaults.AdminApi;

/// <summary>Accepts a caller that shows the token. Where no token is set, it accepts nobody.</summary>
internal sealed class AdminTokenHandler(
    BearerToken token,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggerFactory,
    UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggerFactory, encoder)
{
    public new const string Scheme = "Bearer";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        => Task.FromResult(token.IsShownBy(Request) ? AuthenticateResult.Success(Operator()) : AuthenticateResult.NoResult());

    private static AuthenticationTicket Operator()
        => new(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "operator")], Scheme)), Scheme);
}
