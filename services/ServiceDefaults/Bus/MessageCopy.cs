using System.Text.Json;
using MassTransit.Serialization;

namespace Skypunch.ServiceDefaults.Bus;

/// <summary>Writes a message as the bus does and reads it again, so that the code for its type is compiled before the first message of the type.</summary>
public static class MessageCopy
{
    /// <summary>A copy of the message, as its receiver would get it. The bus must have been configured, which completes the options.</summary>
    public static TMessage Of<TMessage>(TMessage message)
        where TMessage : class
    {
        var envelope = JsonSerializer.SerializeToUtf8Bytes(new JsonMessageEnvelope { Message = message }, SystemTextJsonMessageSerializer.Options);
        var read = JsonSerializer.Deserialize<JsonMessageEnvelope>(envelope, SystemTextJsonMessageSerializer.Options)!;
        return ((JsonElement)read.Message!).Deserialize<TMessage>(SystemTextJsonMessageSerializer.Options)!;
    }
}
