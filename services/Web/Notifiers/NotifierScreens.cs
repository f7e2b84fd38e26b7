using Grpc.Core;
using Skypunch.Admin.V1;
using Skypunch.Web.Rendering;

namespace Skypunch.Web.Notifiers;

/// <summary>The notifiers, one of them, and its deliveries.</summary>
public static class NotifierScreens
{
    private const int MostNotifiers = 1000;
    private const int PageSize = 50;

    public static void Map(ScreenRoutes routes)
    {
        routes.Screen("/notifiers", ListAsync);
        routes.Screen("/notifiers/new", NotifierForms.NewAsync);
        routes.Form("/notifiers/new", NotifierForms.CreateAsync);
        routes.Screen("/notifiers/{id:long}", visit => ShowAsync(visit, null));
        routes.Screen("/notifiers/{id:long}/edit", NotifierForms.EditAsync);
        routes.Form("/notifiers/{id:long}/edit", NotifierForms.SaveAsync);
        routes.Form("/notifiers/{id:long}/test", TestAsync);
        routes.Form("/notifiers/{id:long}/enable", visit => SwitchAsync(visit, isOn: true));
        routes.Form("/notifiers/{id:long}/disable", visit => SwitchAsync(visit, isOn: false));
        routes.Form("/notifiers/{id:long}/delete", DeleteAsync);
    }

    private static async Task<IAnswer> ListAsync(Visit visit)
    {
        var notifiers = (await visit.Api.Notifiers.ListNotifiersAsync(new() { PageSize = MostNotifiers }, cancellationToken: visit.Cancelled)).Notifiers;
        return Screen.Of<NotifierListScreen, IReadOnlyList<Notifier>>(visit.Words.Of("Notifiers"), "notifiers", notifiers) with { IsLive = true };
    }

    private static async Task<IAnswer> ShowAsync(Visit visit, TestNotifierResponse? tested)
    {
        var call = new CallOptions(cancellationToken: visit.Cancelled);
        var notifier = (await visit.Api.Notifiers.GetNotifierAsync(new() { Id = visit.Id }, call)).Notifier;
        var page = await visit.Api.Notifiers.ListDeliveriesAsync(new() { NotifierId = visit.Id, PageSize = PageSize, PageToken = visit.Query("page") }, call);
        return Screen.Of<NotifierScreen, NotifierModel>(notifier.Name, "notifiers", new(notifier, page.Deliveries, page.NextPageToken, tested)) with
        {
            IsLive = tested is null && visit.Query("page").Length == 0,
        };
    }

    private static async Task<IAnswer> TestAsync(Visit visit)
        => await ShowAsync(visit, await visit.Api.Notifiers.TestNotifierAsync(new() { Id = visit.Id }, cancellationToken: visit.Cancelled));

    private static async Task<IAnswer> SwitchAsync(Visit visit, bool isOn)
    {
        var notifier = isOn
            ? (await visit.Api.Notifiers.EnableNotifierAsync(new() { Id = visit.Id }, cancellationToken: visit.Cancelled)).Notifier
            : (await visit.Api.Notifiers.DisableNotifierAsync(new() { Id = visit.Id }, cancellationToken: visit.Cancelled)).Notifier;
        return new Elsewhere($"notifiers/{visit.Id}", visit.Words.Of(isOn ? "{0} is told of failures and recoveries." : "{0} is no longer told.", notifier.Name));
    }

    private static async Task<IAnswer> DeleteAsync(Visit visit)
    {
        var notifier = (await visit.Api.Notifiers.DeleteNotifierAsync(new() { Id = visit.Id }, cancellationToken: visit.Cancelled)).Notifier;
        return new Elsewhere("notifiers", visit.Words.Of("{0} is deleted.", notifier.Name));
    }
}

/// <summary>One notifier.</summary>
/// <param name="Notifier">The notifier.</param>
/// <param name="Deliveries">A page of its deliveries, the newest first.</param>
/// <param name="NextPage">The token of the next page; empty: this is the last.</param>
/// <param name="Tested">What a test has just brought; null: none was made.</param>
public sealed record NotifierModel(Notifier Notifier, IReadOnlyList<Delivery> Deliveries, string NextPage, TestNotifierResponse? Tested);
