using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Skypunch.Admin.V1;
using Skypunch.Contracts.Texts;
using Skypunch.Scheduler.Model;
using Skypunch.ServiceDefaults.AdminApi;

namespace Skypunch.Scheduler.Access;

/// <summary>The admin API of the page's sessions.</summary>
internal sealed class AccessAdmin(Sessions sessions) : AccessService.AccessServiceBase
{
    public override async Task<CreateLoginCodeResponse> CreateLoginCode(CreateLoginCodeRequest request, ServerCallContext context)
    {
        var (code, expiresAt) = await sessions.AddCodeAsync(context.CancellationToken);
        return new() { Code = code, ExpireTime = Timestamp.FromDateTimeOffset(expiresAt) };
    }

    public override async Task<CreateSessionResponse> CreateSession(CreateSessionRequest request, ServerCallContext context)
    {
        if (request.Code.Length > 0 && !await sessions.TakeCodeAsync(request.Code, context.CancellationToken))
        {
            throw new RpcException(new Status(StatusCode.Unauthenticated, "This link is used or older than a minute: ask for another with 'skypunch open'."));
        }

        var client = OneLine.Of(request.Client);
        var (session, secret) = await sessions.AddAsync(client.Length > SessionRow.LongestClient ? client[..SessionRow.LongestClient] : client, context.CancellationToken);
        return new() { Session = Message(session), Secret = secret };
    }

    public override async Task<FindSessionResponse> FindSession(FindSessionRequest request, ServerCallContext context)
        => await sessions.FindAsync(request.Secret, context.CancellationToken) is { } session
            ? new() { Session = Message(session) }
            : throw new RpcException(new Status(StatusCode.NotFound, "There is no such session, or it has ended: log in again."));

    public override async Task<ListSessionsResponse> ListSessions(ListSessionsRequest request, ServerCallContext context)
        => new() { Sessions = { (await sessions.ListAsync(context.CancellationToken)).Select(Message) } };

    public override async Task<DeleteSessionResponse> DeleteSession(DeleteSessionRequest request, ServerCallContext context)
        => new() { Session = Message(await sessions.DeleteAsync(request.Id, context.CancellationToken) ?? throw AdminFaults.NotFound("session", request.Id)) };

    private static PageSession Message(SessionRow session) => new()
    {
        Id = session.Id,
        Client = session.Client,
        CreateTime = Timestamp.FromDateTimeOffset(session.CreatedAt),
        LastUseTime = Timestamp.FromDateTimeOffset(session.LastUsedAt),
        ExpireTime = Timestamp.FromDateTimeOffset(session.ExpiresAt),
    };
}
