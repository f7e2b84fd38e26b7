using Skypunch.Prober.Logins;


namespace Skypunch.Prober.OAuth2;

/// <summary>What the operator can do where no token was to be had. Pure.</summary>
internal static class OAuth2Advice
{
    public const string CorrectParameters = "Correct the target's authn_params.";
    public const string Moved = "Give the address that it redirects to as token_url, if the token server is there.";
    public const string NoScope = "Correct scope or audience in the target's authn_params, or allow them to the client at the token server.";
    public const string NoGrant = "Allow the client credentials grant to the client at the token server.";

    /// <summary>The words for a token server that does not answer.</summary>
    public static readonly LoginWords Words = new()
    {
        Server = "Token server",
        Whom = "the token server",
        NoName = "Correct the host in token_url, or make the Prober's name service know it.",
        NoListener = "Start the token server, or correct the host and port in token_url.",
        NoAnswer = "See whether the token server is up, and whether a firewall lets the Prober through to it.",
        NoTrust = "Renew the token server's certificate, give the authority that signed it as cacert (PEM), or do without: verify=false.",
        NotServer = "Correct token_url: what answers there gives no OAuth 2.0 tokens.",
        Unwell = "The token server is up but not well: its own log tells more.",
    };

    /// <summary>What to do about a client that is refused.</summary>
    public static string OfRefusal(string clientId)
        => $"The token server does not know client {clientId}, or rejects its secret, or wants it elsewhere (client_auth is basic or post). {CorrectParameters}";
}
