using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Skypunch.Admin.V1;
using Skypunch.Web.Api;
using Skypunch.Web.Rendering;

namespace Skypunch.Web.Targets;

/// <summary>Adding a target and changing one.</summary>
public static class TargetForms
{
    private const string TestButton = "test";
    private static readonly Dictionary<string, string> NoFaults = [];

    /// <summary>An empty form, or a copy of another target without its secrets.</summary>
    public static async Task<IAnswer> NewAsync(Visit visit)
    {
        var target = new Target();
        if (long.TryParse(visit.Query("clone"), out var id))
        {
            target = (await visit.Api.Targets.GetTargetAsync(new() { Id = id }, cancellationToken: visit.Cancelled)).Target;
            target.Name = visit.Words.Of("Copy of {0}", target.Name);
        }

        return Form(visit, null, TextsOf(target), target, NoFaults);
    }

    /// <summary>Creates the target of the form, or only checks the form.</summary>
    public static async Task<IAnswer> CreateAsync(Visit visit)
    {
        var texts = await ReadAsync(visit);
        var (target, faults) = Read(texts);
        if (faults.Count > 0)
        {
            return Form(visit, null, texts, target, faults);
        }

        try
        {
            if (texts[TestButton].Length > 0)
            {
                var tested = await visit.Api.Targets.TestTargetAsync(new() { Target = target }, cancellationToken: visit.Cancelled);
                return Form(visit, null, texts, target, NoFaults, tested.Report);
            }

            var created = (await visit.Api.Targets.CreateTargetAsync(new() { Target = target }, cancellationToken: visit.Cancelled)).Target;
            return new Elsewhere($"targets/{created.Id}", visit.Words.Of("{0} is added, and is probed at once.", created.Name));
        }
        catch (RpcException e) when (IsOfForm(e))
        {
            return Form(visit, null, texts, target, FaultsOf(e));
        }
    }

    /// <summary>The form of a target.</summary>
    public static async Task<IAnswer> EditAsync(Visit visit)
    {
        var target = (await visit.Api.Targets.GetTargetAsync(new() { Id = visit.Id }, cancellationToken: visit.Cancelled)).Target;
        return Form(visit, target, TextsOf(target), target, NoFaults);
    }

    /// <summary>Changes the fields that the form has otherwise than the store; secrets of which nothing was typed stay.</summary>
    public static async Task<IAnswer> SaveAsync(Visit visit)
    {
        var texts = await ReadAsync(visit);
        var stored = (await visit.Api.Targets.GetTargetAsync(new() { Id = visit.Id }, cancellationToken: visit.Cancelled)).Target;
        var before = TextsOf(stored);
        var (target, faults) = Read(texts);
        if (faults.Count > 0)
        {
            return Form(visit, stored, texts, target, faults);
        }

        var changed = TargetForm.Fields.Where(f => texts[f.Name] != before[f.Name]).Select(f => f.Name).ToList();
        if (changed.Count == 0 && texts[TestButton].Length == 0)
        {
            return new Elsewhere($"targets/{visit.Id}", visit.Words.Of("Nothing was changed."));
        }

        target.Id = visit.Id;
        try
        {
            if (texts[TestButton].Length > 0)
            {
                var request = new TestTargetRequest { Id = visit.Id, Target = target, UpdateMask = new FieldMask { Paths = { changed } } };
                return Form(visit, stored, texts, target, NoFaults, (await visit.Api.Targets.TestTargetAsync(request, cancellationToken: visit.Cancelled)).Report);
            }

            var saved = await visit.Api.Targets.UpdateTargetAsync(new() { Target = target, UpdateMask = new FieldMask { Paths = { changed } } }, cancellationToken: visit.Cancelled);
            return new Elsewhere($"targets/{visit.Id}", visit.Words.Of("{0} is changed.", saved.Target.Name));
        }
        catch (RpcException e) when (IsOfForm(e))
        {
            return Form(visit, stored, texts, target, FaultsOf(e));
        }
    }

    private static Screen Form(Visit visit, Target? stored, Dictionary<string, string> texts, Target shown, Dictionary<string, string> faults, ProbeReport? tested = null)
    {
        var model = new TargetFormModel(stored, TargetForm.Of(texts, stored ?? shown, faults), texts["enabled"] == "true", faults.GetValueOrDefault("", ""), faults.Count > 0, tested);
        var title = stored is null ? visit.Words.Of("Add a target") : visit.Words.Of("Edit {0}", stored.Name);
        return Screen.Of<TargetFormScreen, TargetFormModel>(title, "targets", model) with
        {
            Status = faults.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK,
        };
    }

    private static Dictionary<string, string> TextsOf(Target target) => TargetForm.Fields.ToDictionary(field => field.Name, field => TargetTexts.Of(field, target));

    // Of a box that is ticked there are two values: that of the hidden field before it, and "true".
    private static async Task<Dictionary<string, string>> ReadAsync(Visit visit)
    {
        var form = await visit.Http.Request.ReadFormAsync(visit.Cancelled);
        return TargetForm.Fields.Select(field => field.Name).Append(TestButton).ToDictionary(name => name, name => (form[name].LastOrDefault() ?? "").ReplaceLineEndings("\n").Trim());
    }

    private static (Target Target, Dictionary<string, string> Faults) Read(Dictionary<string, string> texts)
    {
        var (target, faults) = (new Target(), new Dictionary<string, string>());
        foreach (var field in TargetForm.Fields.Where(field => texts[field.Name].Length > 0))
        {
            if (TargetTexts.Set(field, target, texts[field.Name]) is { } fault)
            {
                faults[field.Name] = fault;
            }
        }

        return (target, faults);
    }

    private static bool IsOfForm(RpcException error) => error.StatusCode is StatusCode.InvalidArgument or StatusCode.AlreadyExists;

    // "target.headers[0].value" is a fault of the field "headers".
    private static Dictionary<string, string> FaultsOf(RpcException error)
    {
        var faults = new Dictionary<string, string>();
        foreach (var (path, words) in FaultsOfFields.Read(error))
        {
            var below = path.StartsWith("target.", StringComparison.Ordinal) ? path["target.".Length..] : path;
            var field = TargetForm.Fields.Select(f => f.Name).Where(name => below == name || below.StartsWith(name, StringComparison.Ordinal)).MaxBy(name => name.Length) ?? "";
            faults[field] = faults.TryGetValue(field, out var before) ? $"{before}; {words}" : field.Length > 0 ? words : $"{below} {words}";
        }

        if (faults.Count == 0)
        {
            faults[error.StatusCode is StatusCode.AlreadyExists ? "name" : ""] = error.Status.Detail;
        }

        return faults;
    }
}

/// <summary>The form of a target.</summary>
/// <param name="Stored">The target as it is stored; null: it is new.</param>
/// <param name="Parts">The parts of the form.</param>
/// <param name="IsEnabled">Whether it is to be probed.</param>
/// <param name="Fault">What is wrong with all of it; empty: nothing.</param>
/// <param name="IsWrong">Whether anything is wrong.</param>
/// <param name="Tested">What a test of what is in the form has found; null: none was made.</param>
public sealed record TargetFormModel(Target? Stored, IReadOnlyList<FormPart> Parts, bool IsEnabled, string Fault, bool IsWrong, ProbeReport? Tested);
