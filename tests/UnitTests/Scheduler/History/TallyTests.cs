using CsCheck;
using Skypunch.Scheduler.Model.History;

namespace Skypunch.UnitTests.Scheduler.History;

public sealed class TallyTests
{
    private static readonly Gen<byte[]> AnyCodes = Gen.Byte.Array[0, 300];

    [Fact]
    public void Codes_that_are_added_one_by_one_are_counted() => AnyCodes.Sample(codes => Counts(Of(codes)).SequenceEqual(Expected(codes)));

    [Fact]
    public void Two_tallies_one_after_the_other_are_the_tally_of_both()
        => Gen.Select(AnyCodes, AnyCodes).Sample((a, b) => Counts([.. Of(a), .. Of(b)]).SequenceEqual(Expected([.. a, .. b])));

    [Fact]
    public void Counts_that_are_written_are_read_again() => Gen.Long[0, long.MaxValue].Array[Tally.Codes].Sample(counts =>
        Counts(Tally.Write(counts) ?? []).SequenceEqual(counts));

    [Fact]
    public void No_counts_are_nothing() => Assert.Null(Tally.Write(new long[Tally.Codes]));

    [Fact]
    public void Any_bytes_can_be_read() => Gen.Byte.Array[0, 100].Sample(bytes => Counts(bytes).All(count => count >= 0));

    private static byte[] Of(byte[] codes) => codes.Aggregate(Array.Empty<byte>(), (tally, code) =>
    {
        var to = new ByteWriter(new byte[tally.Length + 11]);
        Tally.Add(tally, code, 1, ref to);
        return to.Written.ToArray();
    });

    private static long[] Counts(byte[] tally)
    {
        var counts = new long[Tally.Codes];
        Tally.ReadInto(counts, tally);
        return counts;
    }

    private static IEnumerable<long> Expected(byte[] codes) => Enumerable.Range(0, Tally.Codes).Select(code => (long)codes.Count(c => c == code));
}
