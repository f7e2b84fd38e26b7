using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Skypunch.ServiceDefaults.AdminApi;

/// <summary>
/// The pages of a list that is ordered by id (google.aip.dev/158). The page token is opaque; it holds the last id of the previous page.
/// </summary>
public static class Paging
{
    /// <summary>The most items that a page may have.</summary>
    public const int LargestPage = 1000;

    /// <summary>The size of the page: the requested size, or the default where that is 0, but at most <see cref="LargestPage"/>.</summary>
    public static int Size(int requested, int byDefault, FieldViolations violations)
    {
        violations.Require(requested >= 0, "page_size", "must not be negative");
        return requested <= 0 ? byDefault : Math.Min(requested, LargestPage);
    }

    /// <summary>The last id of the previous page; null for the first page.</summary>
    public static long? LastId(string token, FieldViolations violations)
    {
        if (token.Length == 0)
        {
            return null;
        }

        if (Base64Url.IsValid(token)
            && long.TryParse(Encoding.ASCII.GetString(Base64Url.DecodeFromChars(token)), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return id;
        }

        violations.Add("page_token", "is not one that this server has given: ask for the first page without a token");
        return null;
    }

    /// <summary>The token of the next page; empty where this page is not full, and so is the last.</summary>
    public static string NextToken(int size, int found, long lastId)
        => found < size ? "" : Base64Url.EncodeToString(Encoding.ASCII.GetBytes(lastId.ToString(CultureInfo.InvariantCulture)));
}
