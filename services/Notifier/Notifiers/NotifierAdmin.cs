using System.Diagnostics.CodeAnalysis;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Skypunch.Admin.V1;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Deliveries;
using Skypunch.Notifier.Store;
using Skypunch.ServiceDefaults.AdminApi;

namespace Skypunch.Notifier.Notifiers;

/// <summary>The admin API for notifiers.</summary>
internal sealed partial class NotifierAdmin(NotifierDb db, SealedParameters parameters, NotifierTest test, UnreadableRows unreadable) : NotifierService.NotifierServiceBase
{
    private const int DefaultPage = 500;
    private const int MostTries = 5;

    public override async Task<CreateNotifierResponse> CreateNotifier(CreateNotifierRequest request, ServerCallContext context)
    {
        var violations = new FieldViolations();
        NotifierRules.Check(request.Notifier, NotifierRules.Writable.ToHashSet(), violations);
        violations.ThrowIfAny();

        var row = new StoredNotifier
        {
            Name = request.Notifier.Name,
            Address = request.Notifier.Address,
            Enabled = !request.Notifier.HasEnabled || request.Notifier.Enabled,
        };
        await CheckNameIsFreeAsync(row, context.CancellationToken);
        if (request.ValidateOnly)
        {
            return new CreateNotifierResponse { Notifier = row.ToProto() };
        }

        db.Notifiers.Add(row);
        await SaveAsync(row, context.CancellationToken, request.Notifier.Params);
        return new CreateNotifierResponse { Notifier = row.ToProto() };
    }

    public override async Task<GetNotifierResponse> GetNotifier(GetNotifierRequest request, ServerCallContext context)
        => new() { Notifier = (await FindAsync(request.Id, context.CancellationToken)).ToProto() };

    public override async Task<ListNotifiersResponse> ListNotifiers(ListNotifiersRequest request, ServerCallContext context)
    {
        var violations = new FieldViolations();
        var size = Paging.Size(request.PageSize, DefaultPage, violations);
        var last = Paging.LastId(request.PageToken, violations) ?? 0;
        violations.ThrowIfAny();

        var rows = await db.Notifiers.AsNoTracking().Where(n => n.Id > last).OrderBy(n => n.Id).Take(size).ToListAsync(context.CancellationToken);
        return new ListNotifiersResponse
        {
            Notifiers = { rows.Select(row => row.ToProto()) },
            NextPageToken = Paging.NextToken(size, rows.Count, rows.LastOrDefault()?.Id ?? 0),
        };
    }

    public override async Task<UpdateNotifierResponse> UpdateNotifier(UpdateNotifierRequest request, ServerCallContext context)
    {
        var violations = new FieldViolations();
        var given = request.Notifier ?? new Admin.V1.Notifier();
        var fields = UpdateMask.Resolve(request.UpdateMask, given, NotifierRules.Writable, violations);
        NotifierRules.Check(request.Notifier, fields, violations);
        violations.ThrowIfAny();

        var row = await FindAsync(given.Id, context.CancellationToken);
        row.Name = fields.Contains("name") ? given.Name : row.Name;
        await CheckNameIsFreeAsync(row, context.CancellationToken);
        row.Type = fields.Contains("type") ? StoredNotifier.Smtp : row.Type;
        row.Address = fields.Contains("address") ? given.Address : row.Address;
        row.Params = fields.Contains("params") ? parameters.Seal(row, given.Params) : row.Params;
        row.Enabled = fields.Contains("enabled") ? !given.HasEnabled || given.Enabled : row.Enabled;
        await SaveAsync(row, context.CancellationToken);
        return new UpdateNotifierResponse { Notifier = row.ToProto() };
    }

    public override async Task<DeleteNotifierResponse> DeleteNotifier(DeleteNotifierRequest request, ServerCallContext context)
    {
        var row = await FindAsync(request.Id, context.CancellationToken);
        if (await db.Notifiers.Where(n => n.Id == row.Id).ExecuteDeleteAsync(context.CancellationToken) == 0)
        {
            ThrowUnknown(row.Id);
        }

        return new DeleteNotifierResponse { Notifier = row.ToProto() };
    }

    public override async Task<EnableNotifierResponse> EnableNotifier(EnableNotifierRequest request, ServerCallContext context)
        => new() { Notifier = (await SetEnabledAsync(request.Id, true, context.CancellationToken)).ToProto() };

    public override async Task<DisableNotifierResponse> DisableNotifier(DisableNotifierRequest request, ServerCallContext context)
        => new() { Notifier = (await SetEnabledAsync(request.Id, false, context.CancellationToken)).ToProto() };

    private async Task<StoredNotifier> SetEnabledAsync(long id, bool enabled, CancellationToken cancellationToken)
    {
        var row = await FindAsync(id, cancellationToken);
        row.Enabled = enabled;
        await SaveAsync(row, cancellationToken);
        return row;
    }

    private async Task<StoredNotifier> FindAsync(long id, CancellationToken cancellationToken)
    {
        var row = await db.Notifiers.SingleOrDefaultAsync(n => n.Id == id, cancellationToken);
        if (row is null)
        {
            ThrowUnknown(id);
        }

        return row;
    }

    private async Task CheckNameIsFreeAsync(StoredNotifier row, CancellationToken cancellationToken)
    {
        if (await db.Notifiers.AnyAsync(n => n.Name == row.Name && n.Id != row.Id, cancellationToken))
        {
            ThrowNameInUse(row.Name);
        }
    }

    /// <summary>Saves the notifier; to a disabled one, nothing is left to be sent.</summary>
    /// <param name="row">The notifier.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <param name="plain">The parameters of a new one: they are sealed for the row, whose id the database gives.</param>
    private async Task SaveAsync(StoredNotifier row, CancellationToken cancellationToken, string? plain = null)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await TrySaveAsync(row, plain, cancellationToken);
                return;
            }
            catch (Exception e) when (tries < MostTries && e.IsDeadlock() && db.Entry(row).State is not EntityState.Unchanged) // that would be saved no more
            {
                // The transaction that it collided with has gone on.
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
            ThrowUnknown(row.Id); // deleted in between
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey())
        {
            ThrowNameInUse(row.Name); // taken in between
        }

        if (plain is not null)
        {
            row.Params = parameters.Seal(row, plain);
            await db.SaveChangesAsync(cancellationToken);
        }

        if (!row.Enabled)
        {
            await DeliveryKeeper.CancelAsync(db, row.Id, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    [DoesNotReturn]
    private static void ThrowUnknown(long id) => throw new RpcException(new Status(StatusCode.NotFound, $"There is no notifier with id {id}."));

    [DoesNotReturn]
    private static void ThrowNameInUse(string name)
        => throw new RpcException(new Status(StatusCode.AlreadyExists, $"There is a notifier named '{name}' already."));
}
