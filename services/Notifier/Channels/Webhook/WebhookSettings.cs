using System.Diagnostics.CodeAnalysis;
using Skypunch.Contracts.Texts;

namespace Skypunch.Notifier.Channels.Webhook;

/// <summary>The parameters of a webhook after their check.</summary>
internal sealed class WebhookSettings
{
    /// <summary>The header with the message's id, which is the same in each attempt (standardwebhooks.com).</summary>
    public const string IdHeader = "webhook-id";

    private static readonly string[] SetBySkypunch = [IdHeader, "Content-Type", "Host"];

    private WebhookSettings(Uri url, IReadOnlyList<KeyValuePair<string, string>> headers) => (Url, Headers) = (url, headers);

    public Uri Url { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>Reads the text of the parameters. Pure.</summary>
    /// <param name="parameters">The parameters that the channel has.</param>
    /// <param name="text">The text.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="faults">All faults, each as the end of a sentence that begins with the field's name. None repeats a secret.</param>
    public static bool TryParse(
        IReadOnlyList<ChannelParameter> parameters,
        string? text,
        [NotNullWhen(true)] out WebhookSettings? settings,
        out List<string> faults)
    {
        settings = null;
        if (!ParameterValues.TryRead(parameters, text, out var values, out faults))
        {
            return false;
        }

        Uri? url = null;
        if (values.Text("url") is { } given && FaultOf(WebUrl.Read(given, out url)) is { } urlFault)
        {
            faults.Add(urlFault);
        }

        if (!HeaderText.TryParse(values.Text("headers"), out var headers, out var error))
        {
            faults.Add($"has headers that cannot be sent: the text {error}");
        }
        else if (headers.FirstOrDefault(header => SetBySkypunch.Contains(header.Key, StringComparer.OrdinalIgnoreCase)).Key is { } ours)
        {
            faults.Add($"must not have {ours} in headers: Skypunch sets it itself");
        }

        settings = faults.Count == 0 ? new WebhookSettings(url!, headers!) : null;
        return settings is not null;
    }

    private static string? FaultOf(UrlFault fault) => fault switch
    {
        UrlFault.None => null,
        UrlFault.Credentials => "must not have a user in url: give an Authorization header in headers",
        UrlFault.PortZero => "must have a port from 1 to 65535 in url",
        UrlFault.NoHostName or UrlFault.LongHostName => "must have a host name in url that DNS can know",
        _ => "must have a URL of http or https as url",
    };
}
