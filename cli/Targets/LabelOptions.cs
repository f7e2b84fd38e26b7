using Skypunch.Admin.V1;
using Skypunch.Cli.Faults;
using Skypunch.Cli.Options;
using Skypunch.Cli.Verbs;
using Skypunch.ConfigFile.Fields;
using Skypunch.Contracts.Texts;

namespace Skypunch.Cli.Targets;

/// <summary>The option for labels: those of a new target, or single ones that a change sets or removes while the others stay.</summary>
internal static class LabelOptions
{
    /// <summary>The labels of a new target.</summary>
    public static RequestField<Target> New(TargetField field)
    {
        var option = Parsed.Texts(field.Option, field.HelpName, field.Help);
        return TargetOptions.Of(field, option, (target, given, _) => Copy(given, target, field.Option, mayRemove: false));
    }

    /// <summary>The labels that a change sets, and those that it removes, which are written with a "-" at the end.</summary>
    public static RequestField<Target> Change(TargetField field)
    {
        var option = Parsed.Texts(field.Option, "KEY=VALUE|KEY-", "A label to set, such as team=payments, or to remove, such as team-. May be given several times; the others stay.");
        return TargetOptions.Of(field, option, (target, given, _) => Copy(given, target, field.Option, mayRemove: true)) with
        {
            Within = session => session.Given.GetValue(option)!.Select(text => $"{field.Name}.{KeyOf(text)}"),
        };
    }

    private static void Copy(string[] given, Target target, string option, bool mayRemove)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in given)
        {
            var isSet = LabelText.TryRead(text, out _, out var value);
            if (!isSet && !(mayRemove && text is [.., '-']))
            {
                throw CliFault.Usage($"{option}: '{text}' must be KEY=VALUE{(mayRemove ? ", or KEY- to remove the label" : "")}");
            }

            var key = KeyOf(text);
            if (LabelText.FaultOfKey(key) is { } fault)
            {
                throw CliFault.Usage($"{option}: the key '{key}' {fault}");
            }

            if (!keys.Add(key))
            {
                throw CliFault.Usage($"{option}: '{key}' is given twice");
            }

            if (isSet)
            {
                target.Labels.Add(key, value);
            }
        }
    }

    private static string KeyOf(string text) => LabelText.TryRead(text, out var key, out _) ? key : (text is [.., '-'] ? text[..^1] : text).Trim();
}
