using System.Data.Common;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.ServiceDefaults.AdminApi;

/// <summary>
/// Runs around every call of the admin API. A call before the tables are migrated is UNAVAILABLE. A fault of Skypunch's own is reported to
/// the caller without internal details, which only the log has.
/// </summary>
internal sealed partial class AdminInterceptor(IEnumerable<StartupGate> gates, ILogger<AdminInterceptor> logger) : Interceptor
{
    private const string AdminApi = "/skypunch.";

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation)
    {
        TResponse response = null!;
        await GuardAsync(context, async () => response = await continuation(request, context));
        return response;
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
        => GuardAsync(context, () => continuation(request, responseStream, context));

    private async Task GuardAsync(ServerCallContext context, Func<Task> call)
    {
        if (!context.Method.StartsWith(AdminApi, StringComparison.Ordinal))
        {
            await call(); // gRPC health and reflection
            return;
        }

        if (gates.FirstOrDefault(gate => !gate.IsOpen) is { } closed)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, $"Skypunch is starting and waits for {closed.Name}: try again soon."));
        }

        try
        {
            await call();
        }
        catch (Exception e) when (e is not RpcException && !context.CancellationToken.IsCancellationRequested)
        {
            LogFailed(context.Method, e);
            throw new RpcException(IsUnavailable(e.GetBaseException())
                ? new Status(StatusCode.Unavailable, "The database does not answer: try again soon.")
                : new Status(StatusCode.Internal, "Skypunch could not do this: its log says why."));
        }
    }

    // A database that answers gives its fault a SQL state. SQLite's faults have none; there a call fails only where the file is locked or
    // gone.
    private static bool IsUnavailable(Exception e) => e is DbException fault && (fault.IsTransient || fault.SqlState is null);

    [LoggerMessage(Level = LogLevel.Error, Message = "A call of {Method} failed.")]
    private partial void LogFailed(string method, Exception exception);
}
