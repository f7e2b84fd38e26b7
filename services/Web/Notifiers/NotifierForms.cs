using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Skypunch.Admin.V1;
using Skypunch.Contracts.Texts;
using Skypunch.Web.Api;
using Skypunch.Web.Forms;
using Skypunch.Web.Rendering;

namespace Skypunch.Web.Notifiers;

/// <summary>Adding a notifier and changing one: the form is made of the description of its type.</summary>
public static class NotifierForms
{
    private const string Parameter = "params.";

    /// <summary>Which type it is to be, then its form.</summary>
    public static async Task<IAnswer> NewAsync(Visit visit)
    {
        var types = await TypesAsync(visit);
        var type = types.FirstOrDefault(t => t.Name == visit.Query("type"));
        return type is null
            ? Screen.Of<NotifierTypesScreen, IReadOnlyList<NotifierType>>(visit.Words.Of("Add a notifier"), "notifiers", types)
            : Form(visit, null, type, new Dictionary<string, string>(), new Dictionary<string, string>());
    }

    /// <summary>Creates the notifier of the form.</summary>
    public static async Task<IAnswer> CreateAsync(Visit visit)
    {
        var texts = await ReadAsync(visit);
        var types = await TypesAsync(visit);
        var type = types.FirstOrDefault(t => t.Name == texts.GetValueOrDefault("type")) ?? types[0];
        try
        {
            var created = (await visit.Api.Notifiers.CreateNotifierAsync(new() { Notifier = Read(texts, type) }, cancellationToken: visit.Cancelled)).Notifier;
            return new Elsewhere($"notifiers/{created.Id}", visit.Words.Of("{0} is added. Send a test to see that it gets through.", created.Name));
        }
        catch (RpcException e) when (IsOfForm(e))
        {
            return Form(visit, null, type, texts, FaultsOf(e, type));
        }
    }

    /// <summary>The form of a notifier. Its parameters are not shown.</summary>
    public static async Task<IAnswer> EditAsync(Visit visit)
    {
        var notifier = (await visit.Api.Notifiers.GetNotifierAsync(new() { Id = visit.Id }, cancellationToken: visit.Cancelled)).Notifier;
        var texts = new Dictionary<string, string> { ["name"] = notifier.Name, ["address"] = notifier.Address, ["match"] = notifier.Match, ["hours"] = notifier.Hours };
        return Form(visit, notifier, await TypeOfAsync(visit, notifier), texts, new Dictionary<string, string>());
    }

    /// <summary>Changes the notifier. Parameters are replaced as a whole where any is given, and stay where none is.</summary>
    public static async Task<IAnswer> SaveAsync(Visit visit)
    {
        var texts = await ReadAsync(visit);
        var stored = (await visit.Api.Notifiers.GetNotifierAsync(new() { Id = visit.Id }, cancellationToken: visit.Cancelled)).Notifier;
        var type = await TypeOfAsync(visit, stored);
        var notifier = Read(texts, type);
        notifier.Id = visit.Id;
        var mask = new FieldMask { Paths = { "name", "match", "hours" } };
        if (type.Address is not null)
        {
            mask.Paths.Add("address");
        }

        if (notifier.Params.Length > 0)
        {
            mask.Paths.Add("params");
        }

        try
        {
            var saved = (await visit.Api.Notifiers.UpdateNotifierAsync(new() { Notifier = notifier, UpdateMask = mask }, cancellationToken: visit.Cancelled)).Notifier;
            return new Elsewhere($"notifiers/{visit.Id}", visit.Words.Of("{0} is changed.", saved.Name));
        }
        catch (RpcException e) when (IsOfForm(e))
        {
            return Form(visit, stored, type, texts, FaultsOf(e, type));
        }
    }

    private static Screen Form(Visit visit, Notifier? stored, NotifierType type, Dictionary<string, string> texts, Dictionary<string, string> faults)
    {
        var fields = new List<FormField>
        {
            new("name", "Name", FormKind.Line, texts.GetValueOrDefault("name", "")) { IsRequired = true, Fault = faults.GetValueOrDefault("name", "") },
        };
        if (type.Address is { } address)
        {
            fields.Add(Field(address, "address", "Address", texts, faults, isNew: true));
        }

        fields.Add(new("match", "Told of", FormKind.Line, texts.GetValueOrDefault("match", ""))
        {
            Help = "A filter of the changes, such as labels.team = payments AND group : shop. Empty: all.",
            Fault = faults.GetValueOrDefault("match", ""),
        });
        fields.Add(new("hours", "Hours", FormKind.Line, texts.GetValueOrDefault("hours", ""))
        {
            Help = "When messages are sent, such as Mon-Fri 08:00-18:00 Europe/Berlin. What happens at other times waits. Empty: always.",
            Fault = faults.GetValueOrDefault("hours", ""),
        });
        var parameters = type.Parameters.Select(p => Field(p, $"{Parameter}{p.Name}", p.Name, texts, faults, stored is null)).ToList();
        var model = new NotifierFormModel(stored, type, fields, parameters, faults.GetValueOrDefault("", ""), faults.Count > 0);
        return Screen.Of<NotifierFormScreen, NotifierFormModel>(stored is null ? visit.Words.Of("Add a notifier") : visit.Words.Of("Edit {0}", stored.Name), "notifiers", model) with
        {
            Status = faults.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK,
        };
    }

    // What is secret is not sent back to the browser, even where another field was wrong.
    private static FormField Field(
        NotifierParameter parameter, string name, string label, Dictionary<string, string> texts, Dictionary<string, string> faults, bool isNew) => new(
        name,
        label,
        parameter switch
        {
            { Kind: NotifierParameterKind.Lines, Secret: true } => FormKind.SecretLines,
            { Kind: NotifierParameterKind.Lines } => FormKind.Lines,
            { Secret: true } => FormKind.Secret,
            { Kind: NotifierParameterKind.YesNo or NotifierParameterKind.Choice } => FormKind.Choice,
            _ => FormKind.Line,
        },
        parameter.Secret ? "" : texts.GetValueOrDefault(name, ""))
        {
            Help = parameter.Default.Length > 0 ? $"{parameter.Help} Default: {parameter.Default}." : parameter.Help,
            Fault = faults.GetValueOrDefault(name, ""),
            IsRequired = parameter.Required && isNew,
            Placeholder = parameter.Placeholder,
            Choices = parameter.Kind switch
            {
                NotifierParameterKind.YesNo => ["", "yes", "no"],
                NotifierParameterKind.Choice => ["", .. parameter.Choices],
                _ => [],
            },
        };

    private static Notifier Read(Dictionary<string, string> texts, NotifierType type) => new()
    {
        Name = texts.GetValueOrDefault("name", ""),
        Type = type.Name,
        Address = texts.GetValueOrDefault("address", ""),
        Match = texts.GetValueOrDefault("match", ""),
        Hours = texts.GetValueOrDefault("hours", ""),
        Params = ParameterText.Format(type.Parameters
            .Select(p => KeyValuePair.Create(p.Name, texts.GetValueOrDefault($"{Parameter}{p.Name}", "")))
            .Where(p => p.Value.Length > 0)),
    };

    private static async Task<Dictionary<string, string>> ReadAsync(Visit visit)
        => (await visit.Http.Request.ReadFormAsync(visit.Cancelled)).ToDictionary(f => f.Key, f => f.Value.ToString().ReplaceLineEndings("\n").Trim());

    private static async Task<IReadOnlyList<NotifierType>> TypesAsync(Visit visit)
        => (await visit.Api.Notifiers.ListNotifierTypesAsync(new(), cancellationToken: visit.Cancelled)).NotifierTypes;

    private static async Task<NotifierType> TypeOfAsync(Visit visit, Notifier notifier)
        => (await TypesAsync(visit)).FirstOrDefault(t => t.Name == notifier.Type) ?? new NotifierType { Name = notifier.Type };

    private static bool IsOfForm(RpcException error) => error.StatusCode is StatusCode.InvalidArgument or StatusCode.AlreadyExists;

    // A fault of "notifier.params" names its parameter in its words; it stands at that parameter's field.
    private static Dictionary<string, string> FaultsOf(RpcException error, NotifierType type)
    {
        var faults = new Dictionary<string, string>();
        foreach (var (path, words) in FaultsOfFields.Read(error))
        {
            var field = path.StartsWith("notifier.", StringComparison.Ordinal) ? path["notifier.".Length..] : path;
            var parameter = field.StartsWith("params", StringComparison.Ordinal)
                ? type.Parameters.FirstOrDefault(p => field == $"{Parameter}{p.Name}" || words.Split(' ', ',', ':', '\'', '=').Contains(p.Name))
                : null;
            var name = parameter is not null ? $"{Parameter}{parameter.Name}" : field is "name" or "address" or "match" or "hours" ? field : "";
            var told = name.Length > 0 ? words : $"{field} {words}";
            faults[name] = faults.TryGetValue(name, out var before) ? $"{before}; {told}" : told;
        }

        if (faults.Count == 0)
        {
            faults[error.StatusCode is StatusCode.AlreadyExists ? "name" : ""] = error.Status.Detail;
        }

        return faults;
    }
}

/// <summary>The form of a notifier.</summary>
/// <param name="Stored">The notifier as it is stored; null: it is new.</param>
/// <param name="Type">Its type.</param>
/// <param name="Fields">Its own fields.</param>
/// <param name="Parameters">The parameters of its type.</param>
/// <param name="Fault">What is wrong with all of it; empty: nothing.</param>
/// <param name="IsWrong">Whether anything is wrong.</param>
public sealed record NotifierFormModel(
    Notifier? Stored,
    NotifierType Type,
    IReadOnlyList<FormField> Fields,
    IReadOnlyList<FormField> Parameters,
    string Fault,
    bool IsWrong);
