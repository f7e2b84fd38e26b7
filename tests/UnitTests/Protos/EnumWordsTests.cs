using Google.Protobuf.Reflection;
using Skypunch.Admin.V1;

namespace Skypunch.UnitTests.Protos;

public sealed class EnumWordsTests
{
    /// <summary>The words of an enum: its name in the protos, and the number and the word of each value.</summary>
    public static TheoryData<string, string> Enums => new()
    {
        { "Authn", Text(EnumWords.Authns) },
        { "HttpVersion", Text(EnumWords.HttpVersions) },
        { "IpFamily", Text(EnumWords.IpFamilies) },
        { "TargetStatus", Text(EnumWords.TargetStatuses) },
        { "DeliveryState", Text(EnumWords.DeliveryStates) },
        { "ToldVerdict", Text(EnumWords.ToldVerdicts) },
        { "SeriesStep", Text(EnumWords.SeriesSteps) },
        { "ChangeDecision", Text(EnumWords.ChangeDecisions) },
    };

    [Theory]
    [MemberData(nameof(Enums))]
    public void Each_value_of_the_API_has_the_word_of_its_name(string name, string words)
    {
        var type = new[] { TargetReflection.Descriptor, NotifierServiceReflection.Descriptor, HistoryServiceReflection.Descriptor }.SelectMany(file => file.EnumTypes).Single(e => e.Name == name);

        Assert.Equal(string.Join('\n', type.Values.Where(value => value.Number != 0).Select(value => $"{value.Number} {WordOf(type, value)}")), words);
    }

    [Fact]
    public void A_value_that_was_not_given_has_the_word_of_the_default()
    {
        Assert.Equal(
            ("NONE", "1.1", "ANY", "", ""),
            (EnumWords.Of(Authn.Unspecified), EnumWords.Of(HttpVersion.Unspecified), EnumWords.Of(IpFamily.Unspecified),
                EnumWords.Of(TargetStatus.Unspecified), EnumWords.Of(DeliveryState.Unspecified)));
    }

    [Fact]
    public void A_value_that_only_a_newer_version_knows_is_shown_as_its_number() => Assert.Equal(("99", "99"), (EnumWords.Of((Authn)99), EnumWords.Of((TargetStatus)99)));

    // HTTP_VERSION_1_1 is 1.1, IP_FAMILY_PREFER_IPV4 is PREFER_IPV4.
    private static string WordOf(EnumDescriptor type, EnumValueDescriptor value)
    {
        var prefix = type.FindValueByNumber(0).Name.Replace("UNSPECIFIED", "", StringComparison.Ordinal);
        var word = value.Name[prefix.Length..];
        return char.IsAsciiDigit(word[0]) ? word.Replace('_', '.') : word;
    }

    private static string Text<T>(IReadOnlyList<(string Word, T Value)> words)
        where T : struct, Enum
        => string.Join('\n', words.OrderBy(word => word.Value).Select(word => $"{word.Value:D} {word.Word}"));
}
