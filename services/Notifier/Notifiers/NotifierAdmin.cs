using System.Security.Cryptography;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Skypunch.Admin.V1;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Channels;
using Skypunch.Notifier.Deliveries;
using Skypunch.Notifier.Store;
using Skypunch.ServiceDefaults.AdminApi;
using StoredNotifier = Skypunch.Notifier.Model.StoredNotifier;

namespace Skypunch.Notifier.Notifiers;

/// <summary>The admin API for notifiers.</summary>
internal sealed partial class NotifierAdmin(
    NotifierDb db,
    SealedParameters parameters,
    ChannelTypes channels,
    NotifierTest test,
    NotifierRows notifiers,
    UnreadableRows unreadable,
    TimeProvider clock) : NotifierService.NotifierServiceBase
{
    private const int DefaultPage = 500;
    private const int MostTries = 5;

    public override async Task<CreateNotifierResponse> CreateNotifier(CreateNotifierRequest request, ServerCallContext context)
    {
        var wanted = NotifierMapping.WithDefaults(request.Notifier ?? new Admin.V1.Notifier());
        var faults = new FieldViolations();
        NotifierRules.Check(wanted, channels, faults);
        faults.ThrowIfAny();

        var row = new StoredNotifier
        {
            Name = wanted.Name,
            Type = channels.Find(wanted.Type)!.Description.Type,
            Address = wanted.Address,
            Enabled = wanted.Enabled,
            MatchText = NotifierMapping.NullIfBlank(wanted.Match),
            Hours = NotifierMapping.NullIfBlank(wanted.Hours),
        };
        if (request.ValidateOnly)
        {
            await ThrowIfNameTakenAsync(row, context.CancellationToken);
            return new CreateNotifierResponse { Notifier = row.ToProto() };
        }

        db.Notifiers.Add(row);
        await SaveAsync(row, context.CancellationToken, wanted.Params);
        return new CreateNotifierResponse { Notifier = row.ToProto() };
    }

    public override async Task<GetNotifierResponse> GetNotifier(GetNotifierRequest request, ServerCallContext context)
        => new() { Notifier = await notifiers.GetAsync(request.Id, context.CancellationToken) };

    public override async Task<ListNotifiersResponse> ListNotifiers(ListNotifiersRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        var size = Paging.Size(request.PageSize, DefaultPage, faults);
        var last = Paging.LastId(request.PageToken, faults) ?? 0;
        faults.ThrowIfAny();

        var page = await notifiers.ListAsync(last, size, context.CancellationToken);
        return new ListNotifiersResponse { Notifiers = { page }, NextPageToken = Paging.NextToken(size, page.Count, page.LastOrDefault()?.Id ?? 0) };
    }

    public override async Task<UpdateNotifierResponse> UpdateNotifier(UpdateNotifierRequest request, ServerCallContext context)
    {
        var given = request.Notifier ?? new Admin.V1.Notifier();
        var row = await notifiers.FindAsync(given.Id, context.CancellationToken);
        var faults = new FieldViolations();
        var fields = UpdateMask.Resolve(request.UpdateMask, given, NotifierRules.Writable, faults);
        faults.ThrowIfAny();

        var stored = NotifierUpdate.NeedsStoredParameters(row, given, fields) ? await OpenAsync(row, context.CancellationToken) : null;
        NotifierUpdate.Of(row, stored, given, fields, channels).Apply(row, channels, parameters);
        await SaveAsync(row, context.CancellationToken);
        return new UpdateNotifierResponse { Notifier = row.ToProto() };
    }

    public override async Task<DeleteNotifierResponse> DeleteNotifier(DeleteNotifierRequest request, ServerCallContext context)
    {
        var notifier = await notifiers.GetAsync(request.Id, context.CancellationToken);
        await db.Notifiers.Where(n => n.Id == request.Id).ExecuteDeleteAsync(context.CancellationToken);
        return new DeleteNotifierResponse { Notifier = notifier };
    }

    public override async Task<EnableNotifierResponse> EnableNotifier(EnableNotifierRequest request, ServerCallContext context)
        => new() { Notifier = (await SetEnabledAsync(request.Id, true, context.CancellationToken)).ToProto() };

    public override async Task<DisableNotifierResponse> DisableNotifier(DisableNotifierRequest request, ServerCallContext context)
        => new() { Notifier = (await SetEnabledAsync(request.Id, false, context.CancellationToken)).ToProto() };

    public override Task<ListNotifierTypesResponse> ListNotifierTypes(ListNotifierTypesRequest request, ServerCallContext context)
        => Task.FromResult(new ListNotifierTypesResponse { NotifierTypes = { channels.All.Select(channel => channel.Description.ToProto()) } });

    private async Task<StoredNotifier> SetEnabledAsync(long id, bool enabled, CancellationToken cancellationToken)
    {
        var row = await notifiers.FindAsync(id, cancellationToken);
        row.Enabled = enabled;
        await SaveAsync(row, cancellationToken);
        return row;
    }

    // Parameters that cannot be opened count as none: for another type they have to be given anew in any case.
    private async Task<string?> OpenAsync(StoredNotifier row, CancellationToken cancellationToken)
    {
        try
        {
            return await parameters.OpenAsync(row, cancellationToken);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private async Task ThrowIfNameTakenAsync(StoredNotifier row, CancellationToken cancellationToken)
    {
        if (await db.Notifiers.AnyAsync(n => n.Name == row.Name && n.Id != row.Id, cancellationToken))
        {
            throw AdminFaults.NameTaken("notifier", row.Name);
        }
    }

    /// <summary>Saves the notifier. If it is disabled, its waiting deliveries are cancelled.</summary>
    /// <param name="row">The notifier.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <param name="plain">The parameters of a new notifier, to be sealed for the row's id, which the database gives.</param>
    private async Task SaveAsync(StoredNotifier row, CancellationToken cancellationToken, string? plain = null)
    {
        var entry = db.Entry(row);
        var (isNew, changed) = (entry.State is EntityState.Added, entry.Properties.Where(property => property.IsModified).Select(property => property.Metadata.Name).ToList());
        for (var tries = 1; ; tries++)
        {
            try
            {
                await TrySaveAsync(row, plain, cancellationToken);
                return;
            }
            catch (Exception e) when (tries < MostTries && e.IsDeadlock())
            {
                // The deadlock has rolled this transaction back, while the context takes its changes for saved.
                entry.State = isNew ? EntityState.Added : EntityState.Unchanged;
                changed.ForEach(name => entry.Property(name).IsModified = true);
            }
        }
    }

    private async Task TrySaveAsync(StoredNotifier row, string? plain, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginLockingAsync(cancellationToken);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw AdminFaults.NotFound("notifier", row.Id); // deleted meanwhile
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey())
        {
            throw AdminFaults.NameTaken("notifier", row.Name);
        }

        if (plain is not null)
        {
            row.Params = parameters.Seal(row, plain);
            await db.SaveChangesAsync(cancellationToken);
        }

        if (!row.Enabled)
        {
            await DeliveryCleanup.CancelAsync(db, row.Id, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }
}
