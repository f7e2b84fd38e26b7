using Skypunch.Admin.V1;
using Skypunch.Notifier.Channels;

namespace Skypunch.Notifier.Notifiers;

/// <summary>The channels as the admin API describes them.</summary>
internal static class NotifierTypes
{
    public static NotifierType ToProto(this ChannelDescription channel) => new()
    {
        Name = channel.Type,
        Summary = channel.Summary,
        Address = channel.Address?.ToProto(),
        Parameters = { channel.Parameters.Select(ToProto) },
    };

    private static NotifierParameter ToProto(this ChannelParameter parameter) => new()
    {
        Name = parameter.Name,
        Kind = ToProto(parameter.Kind),
        Required = parameter.IsRequired,
        Secret = parameter.IsSecret,
        Help = parameter.Help,
        Default = parameter.Default,
        Choices = { parameter.Choices },
        Placeholder = parameter.Value,
    };

    private static NotifierParameterKind ToProto(ParameterKind kind) => kind switch
    {
        ParameterKind.Lines => NotifierParameterKind.Lines,
        ParameterKind.Number => NotifierParameterKind.Number,
        ParameterKind.YesNo => NotifierParameterKind.YesNo,
        ParameterKind.Choice => NotifierParameterKind.Choice,
        ParameterKind.Url => NotifierParameterKind.Url,
        _ => NotifierParameterKind.Text,
    };
}
