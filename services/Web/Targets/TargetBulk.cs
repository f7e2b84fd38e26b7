using System.Globalization;
using Grpc.Core;
using Skypunch.Admin.V1;
using Skypunch.Contracts.Texts;
using Skypunch.Web.Rendering;

namespace Skypunch.Web.Targets;

/// <summary>What is done with many targets: those that are ticked in the list, or all that its filter means.</summary>
public static class TargetBulk
{
    private const int PageSize = 1000;

    public static async Task<IAnswer> DoAsync(Visit visit)
    {
        var form = await visit.Http.Request.ReadFormAsync(visit.Cancelled);
        var back = $"targets?{form["back"]}";
        var request = new BatchUpdateTargetsRequest { Target = new(), UpdateMask = new() };
        if (form["all"] == "1")
        {
            request.Filter = form["filter"].ToString() is { Length: > 0 } filter ? filter : "id > 0";
        }
        else
        {
            request.Ids.Add(form["id"].Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0).Distinct());
        }

        if (request.Ids.Count == 0 && request.Filter.Length == 0)
        {
            return new Elsewhere(back, visit.Words.Of("Tick the targets first."));
        }

        if (form["do"] == "delete")
        {
            return new Elsewhere(back, visit.Words.Of("{0} targets are deleted.", await DeleteAsync(visit, request)));
        }

        if (Change(form["do"].ToString(), form["value"].ToString().Trim(), request) is { } fault)
        {
            return new Elsewhere(back, visit.Words.Of(fault));
        }

        var done = await visit.Api.Targets.BatchUpdateTargetsAsync(request, cancellationToken: visit.Cancelled);
        var told = visit.Words.Of("{0} of {1} targets are changed.", done.ChangedCount, done.MatchedCount);
        return new Elsewhere(back, done.FaultCount == 0 ? told : $"{told} {visit.Words.Of("{0} cannot be: {1}", done.FaultCount, string.Join("; ", done.Faults[0].Fields.Select(f => $"{done.Faults[0].Name}: {f.Field} {f.Description}")))}");
    }

    // Null: the change is in the request; else what is wrong.
    private static string? Change(string what, string value, BatchUpdateTargetsRequest request)
    {
        switch (what)
        {
            case "enable" or "disable":
                request.Target.Enabled = what == "enable";
                request.UpdateMask.Paths.Add("enabled");
                return null;
            case "group":
                request.Target.Group = value;
                request.UpdateMask.Paths.Add("group");
                return null;
            case "label" when LabelText.TryRead(value, out var key, out var given):
                request.Target.Labels.Add(key, given);
                request.UpdateMask.Paths.Add($"labels.{key}");
                return null;
            case "label" when value is [_, .., '-']:
                request.UpdateMask.Paths.Add($"labels.{value[..^1]}");
                return null;
            default:
                return "A label is KEY=VALUE, or KEY- to take it away.";
        }
    }

    private static async Task<int> DeleteAsync(Visit visit, BatchUpdateTargetsRequest chosen)
    {
        var ids = chosen.Ids.ToList();
        for (var token = chosen.Filter.Length > 0 ? "" : null; token is not null;)
        {
            var page = await visit.Api.Targets.ListTargetsAsync(new() { Filter = chosen.Filter, PageSize = PageSize, PageToken = token }, cancellationToken: visit.Cancelled);
            ids.AddRange(page.Targets.Select(target => target.Id));
            token = page.NextPageToken.Length > 0 ? page.NextPageToken : null;
        }

        var done = 0;
        foreach (var id in ids)
        {
            try
            {
                await visit.Api.Targets.DeleteTargetAsync(new() { Id = id }, cancellationToken: visit.Cancelled);
                done++;
            }
            catch (RpcException e) when (e.StatusCode is StatusCode.NotFound)
            {
                // somebody else has deleted it
            }
        }

        return done;
    }
}
