namespace Skypunch.Prober.Logins;

/// <summary>What a kind of server is called, and what an operator can do about each way in which it gives no answer.</summary>
internal sealed record LoginWords
{
    /// <summary>The server's name in traces and descriptions.</summary>
    public required string Server { get; init; }

    /// <summary>The name within a sentence.</summary>
    public required string Whom { get; init; }

    /// <summary>Its name cannot be resolved.</summary>
    public required string NoName { get; init; }

    /// <summary>Nothing listens there.</summary>
    public required string NoListener { get; init; }

    /// <summary>No answer came in time.</summary>
    public required string NoAnswer { get; init; }

    /// <summary>Its certificate is not trusted.</summary>
    public required string NoTrust { get; init; }

    /// <summary>Something else answers there.</summary>
    public required string NotServer { get; init; }

    /// <summary>The server answers, but with an error of its own.</summary>
    public required string Unwell { get; init; }
}
