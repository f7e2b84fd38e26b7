using System.Text.Json;
using System.Text.RegularExpressions;

namespace Skypunch.UnitTests.Web;

/// <summary>Every text that the page has itself stands in every language, with the same places for values.</summary>
public sealed partial class LanguageTests
{
    private static readonly string Folder = Path.Combine(Deployment.Sources.Folder, "services", "Web");

    public static TheoryData<string> Languages => [.. Directory.GetFiles(Path.Combine(Folder, "Languages"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file))];

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_language_has_every_text(string language)
    {
        var known = Read(language);
        var texts = Directory.EnumerateFiles(Folder, "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".razor" or ".cs")
            .SelectMany(file => Text().Matches(File.ReadAllText(file)).Select(match => Regex.Unescape(match.Groups[1].Value)))
            .ToHashSet();

        Assert.True(texts.Count > 100, "the texts are found");
        Assert.Equal([], texts.Where(text => !known.ContainsKey(text)));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_translation_has_the_values_of_its_text(string language)
        => Assert.Empty(Read(language).Where(pair => !Places(pair.Key).SequenceEqual(Places(pair.Value))).Select(pair => pair.Key));

    private static Dictionary<string, string> Read(string language)
        => JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(Folder, "Languages", $"{language}.json")))!;

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(match => match.Value).Order();

    [GeneratedRegex("""(?:\bT|Words\.Of)\(\s*"((?:[^"\\]|\\.)*)"|(?<=\?\s)T\("((?:[^"\\]|\\.)*)"\)""")]
    private static partial Regex Text();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
