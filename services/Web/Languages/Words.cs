using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Skypunch.Web.Languages;

/// <summary>
/// The texts of the page in one language. A text is named by its English words; a file <c>Languages/xx.json</c> has them in another language. What
/// is not in it stays English.
/// </summary>
public sealed class Words
{
    private static readonly IReadOnlyDictionary<string, Words> All = ReadAll();
    private readonly Dictionary<string, string> _texts;

    private Words(string language, Dictionary<string, string> texts)
    {
        Language = language;
        _texts = texts;
    }

    /// <summary>The language as a tag of two letters, such as "de".</summary>
    public string Language { get; }

    /// <summary>The languages that there are.</summary>
    public static IEnumerable<string> Known => All.Keys.Order(StringComparer.Ordinal);

    /// <summary>English.</summary>
    public static Words English => All["en"];

    /// <summary>The words of a language; null: there are none.</summary>
    public static Words? In(string language) => All.GetValueOrDefault(language);

    /// <summary>The words of the first language that there is of those that a browser asks for (RFC 9110, section 12.5.4); else English.</summary>
    public static Words Accepted(string header)
        => header.Split(',')
            .Select(part => part.Split(';'))
            .Select(part => (Language: part[0].Trim().Split('-')[0].ToLowerInvariant(), Weight: WeightOf(part)))
            .OrderByDescending(part => part.Weight)
            .Select(part => In(part.Language))
            .FirstOrDefault(words => words is not null) ?? English;

    /// <summary>A text, with values in place of {0}, {1} and so on.</summary>
    public string Of(string english, params object?[] values)
    {
        var text = _texts.GetValueOrDefault(english, english);
        return values.Length == 0 ? text : string.Format(CultureInfo.InvariantCulture, text, values);
    }

    private static double WeightOf(string[] part)
        => part.Length < 2 || !double.TryParse(part[1].Trim().TrimStart('q', '='), NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) ? 1 : weight;

    private static Dictionary<string, Words> ReadAll()
    {
        const string folder = "Languages/";
        var assembly = Assembly.GetExecutingAssembly();
        var all = new Dictionary<string, Words>(StringComparer.Ordinal) { ["en"] = new("en", []) };
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var language = Path.GetFileNameWithoutExtension(name[folder.Length..]);
            all[language] = new(language, JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!);
        }

        return all;
    }
}
