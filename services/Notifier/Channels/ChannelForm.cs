using System.Text;

namespace Skypunch.Notifier.Channels;

/// <summary>A notifier's address and parameters, which its channel uses. A row edited by hand in SQL may hold anything.</summary>
/// <param name="Address">The address; empty where the notifier has none.</param>
/// <param name="Parameters">The text of the parameters, not sealed; null: there are none.</param>
internal sealed record ChannelForm(string Address, string? Parameters)
{
    // The parameters hold secrets, which must not get into a log.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append("Address = ").Append(Address);
        return true;
    }
}

/// <summary>Something that keeps a notifier from being used.</summary>
/// <param name="Field">The field at fault, as the API names it: <c>address</c> or <c>params</c>.</param>
/// <param name="Words">What is wrong and what to do, as the end of a sentence that begins with the field's name, without secrets.</param>
internal sealed record ChannelFault(string Field, string Words)
{
    /// <summary>A fault of the address.</summary>
    public static ChannelFault OfAddress(string words) => new("address", words);

    /// <summary>A fault of the parameters.</summary>
    public static ChannelFault OfParameters(string words) => new("params", words);
}
