using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;

namespace Skypunch.ServiceDefaults.AdminApi;

/// <summary>
/// The page tokens of lists with filters. A token says where the next page begins, and has a digest of the filters: it is of no use for
/// another query. Pure.
/// </summary>
public static class QueryToken
{
    private const int DigestBytes = 9;

    /// <summary>Makes a token.</summary>
    /// <param name="query">The request without page size and token.</param>
    /// <param name="place">Where the next page begins.</param>
    public static string Of(IMessage query, params long[] place)
        => Base64Url.EncodeToString(Encoding.ASCII.GetBytes($"{DigestOf(query)}{string.Join(',', place.Select(number => number.ToString(CultureInfo.InvariantCulture)))}"));

    /// <summary>Reads a token.</summary>
    /// <param name="query">The request without page size and token.</param>
    /// <param name="token">The token.</param>
    /// <param name="numbers">How many numbers say where the page begins.</param>
    /// <param name="faults">A token that is none of this query is added to them.</param>
    /// <returns>Where the page begins; null: it is the first.</returns>
    public static long[]? Read(IMessage query, string token, int numbers, FieldViolations faults)
    {
        if (token.Length == 0)
        {
            return null;
        }

        var text = Base64Url.IsValid(token) ? Encoding.ASCII.GetString(Base64Url.DecodeFromChars(token)) : "";
        var digest = DigestOf(query);
        var place = text.StartsWith(digest, StringComparison.Ordinal) ? text[digest.Length..].Split(',') : [];
        var read = place.Select(number => long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : -1).ToArray();
        if (read.Length == numbers && read.All(number => number >= 0))
        {
            return read;
        }

        faults.Add("page_token", "is not one that this server has given for this query: ask for the first page without a token");
        return null;
    }

    private static string DigestOf(IMessage query) => Convert.ToBase64String(SHA256.HashData(query.ToByteArray())[..DigestBytes]);
}
