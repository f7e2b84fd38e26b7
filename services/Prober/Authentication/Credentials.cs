namespace Skypunch.Prober.Authentication;

/// <summary>What a request carries to authenticate itself. Not a record: its text must not show what it holds.</summary>
internal sealed class Credentials(params (string Name, string Value)[] headers)
{
    /// <summary>No credentials.</summary>
    public static readonly Credentials None = new();

    /// <summary>The headers to send.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; } = headers;

    /// <summary>The base URL of the job's <see cref="Contracts.CatalogService"/>; null where the job has none.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>
    /// What to send once more where the target wants its challenge answered (401): from its challenges of the scheme Digest, the method and the URL of the
    /// request. Null: there is nothing to answer with, or the result is null: to none of them.
    /// </summary>
    public Func<IReadOnlyList<DigestChallenge>, string, Uri, Credentials?>? AnswerTo { get; init; }

    /// <summary>To be called when the target refused them (401): whether to authenticate once more, as new ones are to be had.</summary>
    public Func<bool> Refuse { get; init; } = () => false;
}
