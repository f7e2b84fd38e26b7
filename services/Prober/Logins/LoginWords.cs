namespace Skypunch.Prober.Logins;

/// <summary>The names of a kind of server, and what an operator can do where it gives no token.</summary>
internal sealed record LoginWords
{
    /// <summary>The server's name in traces and descriptions.</summary>
    public required string Server { get; init; }

    /// <summary>The name within a sentence.</summary>
    public required string Whom { get; init; }

    /// <summary>The advice where the server's name cannot be resolved.</summary>
    public required string NoName { get; init; }

    /// <summary>The advice where nothing listens there.</summary>
    public required string NoListener { get; init; }

    /// <summary>The advice where no answer came in time.</summary>
    public required string NoAnswer { get; init; }

    /// <summary>The advice where the server's certificate is not trusted.</summary>
    public required string NoTrust { get; init; }

    /// <summary>The advice where something else answers there.</summary>
    public required string NotServer { get; init; }

    /// <summary>The advice where the server answers with an error of its own.</summary>
    public required string Unwell { get; init; }
}
