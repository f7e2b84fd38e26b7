namespace Skypunch.Prober.Authentication;

/// <summary>What a request carries to authenticate itself. Not a record: its text would show the secrets.</summary>
internal sealed class Credentials(params (string Name, string Value)[] headers)
{
    /// <summary>No credentials.</summary>
    public static readonly Credentials None = new();

    /// <summary>The headers to send.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; } = headers;

    /// <summary>The base URL of the job's <see cref="Contracts.CatalogService"/>; null where the job has none.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>
    /// Makes the credentials for a second request, where the target wants its challenge answered (401). The arguments are the target's
    /// challenges of the scheme Digest, and the method and URL of the request; the result is null where no challenge can be answered. Null:
    /// these credentials answer no challenge.
    /// </summary>
    public Func<IReadOnlyList<DigestChallenge>, string, Uri, Credentials?>? AnswerTo { get; init; }

    /// <summary>
    /// To be called when the target has refused the credentials (401). The result is whether to authenticate once more, as new credentials
    /// are to be had.
    /// </summary>
    public Func<bool> Refuse { get; init; } = () => false;
}
