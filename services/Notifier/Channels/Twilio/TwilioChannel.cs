using System.Text.RegularExpressions;
using Skypunch.Notifier.Channels.Http;

namespace Skypunch.Notifier.Channels.Twilio;

/// <summary>Sends a text message to a phone by Twilio.</summary>
internal sealed partial class TwilioChannel(HttpNetwork network) : HttpChannel(network)
{
    private const string Api = "https://api.twilio.com";

    public override ChannelDescription Description { get; } = new(
        "TWILIO",
        "Sends a text message (SMS) by Twilio.",
        Address: null,
        [
            new("account", ParameterKind.Text, "SID", "The account SID: AC and 32 characters.") { IsRequired = true },
            new("token", ParameterKind.Text, "TOKEN", "The auth token of the account, or the secret of key.") { IsRequired = true, IsSecret = true },
            new("to", ParameterKind.Text, "NUMBER", "The phone: + and its number with that of the country.") { IsRequired = true },
            new("from", ParameterKind.Text, "NUMBER", "The number or name of the sender, or the SID of a messaging service (MG…).") { IsRequired = true },
            new("key", ParameterKind.Text, "SID", "The SID of an API key (SK…), whose secret is the token.") { Default = "the account" },
            new("api", ParameterKind.Url, "URL", "The server.") { Default = Api },
        ]);

    public override SendOutcome Judge(HttpCall request, HttpAnswer answer)
    {
        // Each message costs. One that may have arrived twice is not sent a third time.
        if (answer.MayHaveArrived && request.Attempt > 1)
        {
            return new SendOutcome(SendResult.Refused, $"{answer.Fault}; whether Twilio has the message is not known") { Hint = answer.Hint };
        }

        return base.Judge(request, answer);
    }

    protected override IEnumerable<string> Faults(ParameterValues values)
    {
        if (values.Text("account") is { } account && !Account().IsMatch(account))
        {
            yield return "must have AC and 32 letters and digits as account";
        }

        if (values.Text("to") is { } to && !Number().IsMatch(to))
        {
            yield return "must have a phone's number such as +4915112345678 as to";
        }

        if (values.Text("key")?.Contains(':') is true)
        {
            yield return "must not have a colon in key";
        }
    }

    protected override HttpCall Call(ParameterValues values, Telling telling)
    {
        var (account, from) = (values.Text("account")!, values.Text("from")!);
        return HttpCall.Form(
            UrlParameter.Below(UrlParameter.Of(values, "api", Api), $"2010-04-01/Accounts/{account}/Messages.json"),
            [
                new("To", values.Text("to")),
                new(from.StartsWith("MG", StringComparison.Ordinal) && from.Length == 34 ? "MessagingServiceSid" : "From", from),
                new("Body", TwilioText.Of(telling)),
            ],
            HttpCall.Login(values.Text("key") ?? account, values.Text("token")!));
    }

    [GeneratedRegex("^AC[0-9A-Za-z]{32}$")]
    private static partial Regex Account();

    [GeneratedRegex(@"^(\+[1-9][0-9]{4,14}|whatsapp:\+[1-9][0-9]{4,14})$")]
    private static partial Regex Number();
}
