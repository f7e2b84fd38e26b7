using System.Data.Common;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.ServiceDefaults.AdminApi;

/// <summary>What every call of the admin API has in common: before the tables are there it is UNAVAILABLE, and our own fault is told without its inner workings.</summary>
internal sealed partial class AdminInterceptor(IEnumerable<StartupGate> gates, ILogger<AdminInterceptor> logger) : Interceptor
{
    private const string AdminApi = "/skypunch.";

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation)
    {
        if (!context.Method.StartsWith(AdminApi, StringComparison.Ordinal))
        {
            return await continuation(request, context); // health, reflection
        }

        if (gates.FirstOrDefault(gate => !gate.IsOpen) is { } closed)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, $"Skypunch is starting and waits for {closed.Name}: try again soon."));
        }

        try
        {
            return await continuation(request, context);
        }
        catch (Exception e) when (e is not RpcException && !context.CancellationToken.IsCancellationRequested)
        {
            LogFailed(context.Method, e);
            throw new RpcException(IsAway(e.GetBaseException())
                ? new Status(StatusCode.Unavailable, "The database does not answer: try again soon.")
                : new Status(StatusCode.Internal, "Skypunch could not do this: its log says why."));
        }
    }

    // A database that answers says what is wrong in a SQL state; SQLite has none, and fails only where its file is busy or gone.
    private static bool IsAway(Exception e) => e is DbException fault && (fault.IsTransient || fault.SqlState is null);

    [LoggerMessage(Level = LogLevel.Error, Message = "A call of {Method} failed.")]
    private partial void LogFailed(string method, Exception exception);
}
