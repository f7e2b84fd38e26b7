using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Skypunch.Notifier.Model;

/// <summary>
/// How deliveries are put into a digest: one message for many changes, each of another target. A digest is a set of deliveries that does not
/// change once it is claimed: whoever sends it again sends the same deliveries under the same id. Pure.
/// </summary>
internal static class DigestRule
{
    /// <summary>The most deliveries in a digest.</summary>
    public const int Most = 500;

    /// <summary>
    /// The most characters of stored changes that a digest is made of. What a channel makes of a change is shorter, so that a message stays
    /// below the megabytes at which servers refuse it.
    /// </summary>
    public const int MostText = 2 * 1024 * 1024;

    /// <summary>The id of a digest. It follows from the set: the same deliveries of the same notifier have the same digest.</summary>
    /// <param name="notifierId">The notifier.</param>
    /// <param name="changeIds">The changes, in any order.</param>
    public static Guid IdOf(long notifierId, IEnumerable<Guid> changeIds)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(number, notifierId);
        hash.AppendData(number);
        foreach (var changeId in changeIds.Order())
        {
            hash.AppendData(changeId.ToByteArray(bigEndian: true));
        }

        var id = hash.GetHashAndReset().AsSpan(0, 16);
        id[6] = (byte)((id[6] & 0x0F) | 0x80); // version 8 (RFC 9562): a UUID that its maker has put together
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }

    /// <summary>How many of the deliveries, from the first one on, go into one digest.</summary>
    /// <param name="lengths">The characters of each delivery's stored change.</param>
    public static int Fitting(IReadOnlyList<int> lengths)
    {
        var (count, text) = (0, 0L);
        while (count < Math.Min(lengths.Count, Most) && (text += lengths[count]) <= MostText)
        {
            count++;
        }

        return count;
    }
}
