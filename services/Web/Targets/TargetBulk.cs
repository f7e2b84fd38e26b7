using System.Globalization;
using Grpc.Core;
using Skypunch.Web.Rendering;

namespace Skypunch.Web.Targets;

/// <summary>What is done with the targets that are ticked in the list.</summary>
public static class TargetBulk
{
    public static async Task<IAnswer> DoAsync(Visit visit)
    {
        var form = await visit.Http.Request.ReadFormAsync(visit.Cancelled);
        var ids = form["id"].Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0).Distinct().ToList();
        var back = $"targets?{form["back"]}";
        if (ids.Count == 0)
        {
            return new Elsewhere(back, visit.Words.Of("Tick the targets first."));
        }

        var done = 0;
        foreach (var id in ids)
        {
            try
            {
                await OneAsync(visit, form["do"].ToString(), id);
                done++;
            }
            catch (RpcException e) when (e.StatusCode is StatusCode.NotFound)
            {
                // somebody else has deleted it
            }
        }

        return new Elsewhere(back, visit.Words.Of(form["do"].ToString() switch
        {
            "enable" => "{0} targets are probed.",
            "disable" => "{0} targets are no longer probed.",
            _ => "{0} targets are deleted.",
        }, done));
    }

    private static async Task OneAsync(Visit visit, string what, long id)
    {
        switch (what)
        {
            case "enable":
                await visit.Api.Targets.EnableTargetAsync(new() { Id = id }, cancellationToken: visit.Cancelled);
                break;
            case "disable":
                await visit.Api.Targets.DisableTargetAsync(new() { Id = id }, cancellationToken: visit.Cancelled);
                break;
            case "delete":
                await visit.Api.Targets.DeleteTargetAsync(new() { Id = id }, cancellationToken: visit.Cancelled);
                break;
        }
    }
}
