using System.Text;

namespace Skypunch.UnitTests.Fuzz;

/// <summary>Makes inputs that are almost valid: a sample with a few changes that use the words of its language.</summary>
internal sealed class Mutator(Random random, IReadOnlyList<string> samples, IReadOnlyList<string> words, bool isOfBytes = false)
{
    private const int Longest = 64 * 1024;

    private static readonly string[] Numbers = ["0", "-1", "1", "255", "65536", "2147483648", "-9223372036854775809", "99999999999999999999", "1e999999999", "NaN", "0x10"];
    private static readonly string[] Odd = ["\0", "\r", "\n", "\t", " ", "\"", "'", "\\", "%", "ß", "\u202e", "\u2028", "\ufeff", "\ud83d\ude00", "\ud83d", "\uffff", "é"];

    /// <summary>Makes the next input.</summary>
    public string Next()
    {
        var text = new StringBuilder(Pick(samples));
        for (var changes = random.Next(6); changes > 0; changes--)
        {
            Change(text);
        }

        return text.ToString(0, Math.Min(text.Length, Longest));
    }

    private void Change(StringBuilder text)
    {
        var at = random.Next(text.Length + 1);
        var length = Math.Min(text.Length - at, random.Next(1, 1 + random.Next(1, 40)));
        switch (random.Next(9))
        {
            case 0:
                text.Remove(at, length);
                break;
            case 1:
                text.Insert(at, Pick(words));
                break;
            case 2:
                text.Insert(at, isOfBytes ? ((char)random.Next(256)).ToString() : Pick(Odd));
                break;
            case 3:
                text.Insert(at, Pick(Numbers));
                break;
            case 4:
                text.Insert(at, text.ToString(at, length));
                break;
            case 5:
                text.Length = at;
                break;
            case 6:
                text.Insert(at, Often(text.ToString(at, length)));
                break;
            case 7:
                text.Remove(at, length).Insert(at, Pick(words));
                break;
            default:
                var other = Pick(samples);
                text.Insert(at, other[random.Next(other.Length + 1)..]);
                break;
        }
    }

    private string Often(string text) => text.Length == 0 ? "" : new StringBuilder().Insert(0, text, random.Next(1, random.Next(2, 20 + (random.Next(20) == 0 ? 4000 : 0)))).ToString();

    private string Pick(IReadOnlyList<string> from) => from[random.Next(from.Count)];
}
