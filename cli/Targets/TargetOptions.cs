using System.CommandLine;
using Google.Protobuf.Reflection;
using Skypunch.Admin.V1;
using Skypunch.Cli.Options;
using Skypunch.Cli.Verbs;
using Skypunch.ConfigFile.Fields;

namespace Skypunch.Cli.Targets;

/// <summary>
/// The options that describe a target, the same for a new one and for a change, made of <see cref="TargetFields"/>. Only an option that is more than a text, a flag, a number, a word or a
/// duration has a line here.
/// </summary>
internal static class TargetOptions
{
    private static readonly Dictionary<string, Func<TargetField, RequestField<Target>>> Own = new()
    {
        ["authn_params"] = AuthnParams,
        ["labels"] = LabelOptions.New,
        ["retry_interval"] = RetryInterval,
        ["assertions"] = field => Of(field, Parsed.Texts(field.Option, field.HelpName, field.Help), (target, given, _) => target.Assertions.Add(given)),
        ["headers"] = RepeatedOptions.Headers,
        ["body"] = field => TextOrFile(field, text => text),
        ["ip_family"] = IpFamily,
        ["proxy"] = field => TextOrFile(field, text => text.Trim()),
        ["query_secrets"] = RepeatedOptions.Query,
        ["tls.ca"] = FileText,
        ["tls.client_certificate"] = FileText,
        ["tls.client_key"] = FileText,
    };

    /// <summary>The options that "add" and "edit" share. The name and the URL are arguments of "add".</summary>
    /// <param name="labels">The option for labels where it is not that of "add".</param>
    public static IReadOnlyList<RequestField<Target>> All(Func<TargetField, RequestField<Target>>? labels = null) =>
    [
        .. TargetFields.All.Where(field => field is { Option.Length: > 0, Name: not ("name" or "url") })
            .SelectMany(field => field.Name == "labels" && labels is not null ? [labels(field)] : Of(field)),
    ];

    /// <summary>The option of a field, or the two of a flag that can be taken back.</summary>
    public static IEnumerable<RequestField<Target>> Of(TargetField field)
    {
        if (Own.GetValueOrDefault(field.Name) is { } own)
        {
            return [own(field)];
        }

        return field.Type switch
        {
            FieldType.String => [Of(field, Parsed.Text(field.Option, field.HelpName, field.Help))],
            FieldType.Bool => Flags(field),
            FieldType.Int32 => [Of(field, Parsed.Number(field.Option, field.Help, field.Least, field.Most))],
            FieldType.Enum => [Of(field, Parsed.Choice(field.Option, field.HelpName, field.Help, [.. field.Words]))],
            FieldType.Message => [Of(field, field.IsFine ? Parsed.Time(field.Option, field.Help) : Parsed.Duration(field.Option, field.Help))],
            _ => throw new NotSupportedException($"{field.Name} needs a line of its own"),
        };
    }

    /// <summary>The flag that switches a target on or off.</summary>
    public static RequestField<Target> Switch(Option<bool> flag, bool enabled) => new("enabled", flag, (_, t) => t.Enabled = enabled);

    /// <summary>An option whose value is more than that of its field.</summary>
    public static RequestField<Target> Of<T>(TargetField field, Option<T> option, Action<Target, T, Session> copy)
        => new(field.Name, option, (session, target) => copy(target, session.Given.GetValue(option)!, session));

    private static RequestField<Target> Of<T>(TargetField field, Option<T> option) => Of(field, option, (target, given, _) => field.Set(target, given));

    private static IEnumerable<RequestField<Target>> Flags(TargetField field)
    {
        yield return Of(field, new Option<bool>(field.Option) { Description = field.Help });
        if (field.HelpOfNo.Length > 0)
        {
            yield return Of(field, new Option<bool>($"--no-{field.Option[2..]}") { Description = field.HelpOfNo }, (target, given, _) => field.Set(target, !given));
        }
    }

    private static RequestField<Target> AuthnParams(TargetField field)
    {
        var option = Parsed.Text(field.Option, field.HelpName, $"{field.Help} {FileValues.SecretWords}");
        return Of(field, option, (target, _, session) => target.AuthnParams = session.Secret(option));
    }

    private static RequestField<Target> RetryInterval(TargetField field)
        => Of(field, Parsed.Duration(field.Option, field.Help), (target, given, _) => target.RetryInterval = given is { Seconds: > 0 } ? given : null);

    private static RequestField<Target> IpFamily(TargetField field)
        => Of(field, Parsed.Choice(field.Option, field.HelpName, field.Help, [.. field.Words.Select(word => (word.Word.ToLowerInvariant().Replace('_', '-'), word.Value))]));

    private static RequestField<Target> TextOrFile(TargetField field, Func<string, string> form)
    {
        var option = Parsed.Text(field.Option, field.HelpName, field.Help);
        return Of(field, option, (target, given, session) => field.Set(target, form(session.TextOrFile(option, given))));
    }

    private static RequestField<Target> FileText(TargetField field)
    {
        var option = Parsed.Text(field.Option, field.HelpName, field.Help);
        return Of(field, option, (target, _, session) => field.Set(target, session.FileText(option)));
    }
}
