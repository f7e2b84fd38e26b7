using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Notifier.Channels.Http;

/// <summary>
/// A channel that sends an HTTP request for each message. It has no address: its parameters say where messages go. The status means the
/// same in all of them. A channel whose receiver says more in an answer overrides <see cref="Judge"/>.
/// </summary>
internal abstract class HttpChannel(HttpNetwork network) : Channel<HttpCall, HttpAnswer>
{
    public override IReadOnlyList<ChannelFault> Check(ChannelForm form)
    {
        var faults = new List<ChannelFault>();
        if (form.Address.Length > 0)
        {
            faults.Add(ChannelFault.OfAddress("must be empty: params say where the messages go"));
        }

        if (ParameterValues.TryRead(Description.Parameters, form.Parameters, out var values, out var found))
        {
            found.AddRange(Description.Parameters.Where(parameter => parameter.Kind is ParameterKind.Url).Select(url => UrlParameter.FaultOf(values, url.Name)).OfType<string>());
            found.AddRange(Faults(values));
        }

        faults.AddRange(found.Select(ChannelFault.OfParameters));
        return faults;
    }

    public override HttpCall Render(ChannelForm form, Telling telling)
    {
        if (!ParameterValues.TryRead(Description.Parameters, form.Parameters, out var values, out _))
        {
            throw new ArgumentException("The check does not pass this form.", nameof(form));
        }

        var call = Call(values, telling);
        return call with
        {
            Headers = [.. Own(telling).ExceptBy(call.Headers.Select(header => header.Key), header => header.Key, StringComparer.OrdinalIgnoreCase), .. call.Headers],
            Attempt = telling.Attempt,
            Secrets = FormSecrets.Of(Description, form),
        };
    }

    public override SendOutcome Judge(HttpCall request, HttpAnswer answer) => HttpVerdict.Of(request, answer);

    public override IChannelSender<HttpCall, HttpAnswer> NewSender(TimeSpan timeout, bool isWaitedFor) => network.NewSender(timeout);

    /// <summary>
    /// What is wrong with the parameters beyond what their description says, each as the end of a sentence that begins with the field's
    /// name. None repeats a secret. Required parameters may be missing, which is told already.
    /// </summary>
    protected virtual IEnumerable<string> Faults(ParameterValues values) => [];

    /// <summary>Makes the request. User-Agent, where it has none, and the message's id are added to its headers.</summary>
    protected abstract HttpCall Call(ParameterValues values, Telling telling);

    private static KeyValuePair<string, string>[] Own(Telling telling) => [new("User-Agent", $"Skypunch/{SkypunchVersion.Current}"), new(HttpCall.IdHeader, telling.Id)];
}
