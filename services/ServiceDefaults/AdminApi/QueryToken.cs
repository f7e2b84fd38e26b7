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
    public static string Of(IMessage query, params long[] place) => Of(query, string.Join(',', place.Select(number => number.ToString(CultureInfo.InvariantCulture))));

    /// <summary>Makes a token of a place that is a text.</summary>
    public static string Of(IMessage query, string place) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{DigestOf(query)}{place}"));

    /// <summary>Reads a token.</summary>
    /// <param name="query">The request without page size and token.</param>
    /// <param name="token">The token.</param>
    /// <param name="numbers">How many numbers say where the page begins.</param>
    /// <param name="faults">A token that is none of this query is added to them.</param>
    /// <returns>Where the page begins; null: it is the first.</returns>
    public static long[]? Read(IMessage query, string token, int numbers, FieldViolations faults)
    {
        if (ReadText(query, token, faults) is not { } place)
        {
            return null;
        }

        var read = place.Split(',').Select(number => long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : -1).ToArray();
        if (read.Length == numbers && read.All(number => number >= 0))
        {
            return read;
        }

        AddFault(faults);
        return null;
    }

    /// <summary>Reads a token whose place is a text.</summary>
    /// <returns>Where the page begins; null: it is the first, or the token is none of this query.</returns>
    public static string? ReadText(IMessage query, string token, FieldViolations faults)
    {
        if (token.Length == 0)
        {
            return null;
        }

        var text = Base64Url.IsValid(token) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)) : "";
        var digest = DigestOf(query);
        if (text.StartsWith(digest, StringComparison.Ordinal))
        {
            return text[digest.Length..];
        }

        AddFault(faults);
        return null;
    }

    /// <summary>Says that a token is of no use.</summary>
    public static void AddFault(FieldViolations faults)
        => faults.Add("page_token", "is not one that this server has given for this query: ask for the first page without a token");

    private static string DigestOf(IMessage query) => Convert.ToBase64String(SHA256.HashData(query.ToByteArray())[..DigestBytes]);
}
