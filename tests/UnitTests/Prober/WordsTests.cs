using Skypunch.Prober.Tracing;


namespace Skypunch.UnitTests.Prober;

public sealed class WordsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("1234", "1234")]
    [InlineData("12345", "123…")]
    [InlineData("12\U0001F600", "12\U0001F600")]
    [InlineData("12\U0001F6005", "12…")]
    public void A_long_text_is_shortened_without_splitting_a_character(string text, string shortened)
        => Assert.Equal(shortened, Words.Cap(text, 4));
}
