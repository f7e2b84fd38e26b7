using Google.Rpc;
using Grpc.Core;
using Skypunch.Cli.Output;

namespace Skypunch.Cli.Faults;

/// <summary>Turns an answer that is an error into lines for the user. Pure.</summary>
internal static class RpcFaults
{
    /// <summary>What an error of the admin API means to the user.</summary>
    /// <param name="error">The error.</param>
    /// <param name="server">The address that was called.</param>
    /// <param name="subject">What was asked for.</param>
    /// <param name="exitCode">The exit code of the fault.</param>
    public static CliFault Describe(RpcException error, string server, CallSubject subject, int exitCode)
    {
        var violations = Violations(error, subject);
        return new(
            CodeOf(error.StatusCode),
            exitCode,
            violations.Count > 0 ? violations : [new FaultLine(Sentence(error, server, subject))]);
    }

    private static List<FaultLine> Violations(RpcException error, CallSubject subject)
        => [.. error.GetRpcStatus()?.GetDetail<BadRequest>()?.FieldViolations.Select(v => Violation(v, subject)) ?? []];

    private static FaultLine Violation(BadRequest.Types.FieldViolation violation, CallSubject subject)
    {
        var option = subject.OptionOf(violation.Field);
        var named = option ?? violation.Field;
        var text = Printable.Of(violation.Description);
        return new(named.Length > 0 ? $"{Printable.Of(named)}: {text}" : text, violation.Field, option, text);
    }

    private static string Sentence(RpcException error, string server, CallSubject subject)
    {
        var detail = Printable.Of(error.Status.Detail);
        return error.StatusCode switch
        {
            StatusCode.Unavailable when error.Status.DebugException is { } cause => Unreachable(cause, server),
            StatusCode.Unavailable or StatusCode.Unknown or StatusCode.Internal when IsBareHttp(detail)
                => $"skypunch at {server} cannot answer now: a service behind it is not available ({detail})",
            StatusCode.Internal when error.Status.DebugException is not null => NotSkypunch(server),
            StatusCode.Unauthenticated => $"skypunch at {server} does not accept the token: "
                + "give the right one with --token-file FILE, or in SKYPUNCH_TOKEN or SKYPUNCH_TOKEN_FILE",
            StatusCode.PermissionDenied => $"skypunch at {server} does not permit this: {detail}",
            StatusCode.NotFound when subject.Id is { } id
                => $"there is no {subject.Kind} with id {id}; 'skypunch {subject.Lists}' lists them",
            StatusCode.Unimplemented => $"{server} does not know this call: it is no skypunch, or one of another version",
            StatusCode.DeadlineExceeded => $"skypunch at {server} did not answer in time",
            _ => detail.Length > 0 ? detail : $"skypunch at {server} answered {CodeOf(error.StatusCode)}",
        };
    }

    private static string Unreachable(Exception cause, string server)
        => (cause as HttpRequestException)?.HttpRequestError switch
        {
            HttpRequestError.VersionNegotiationError or HttpRequestError.HttpProtocolError or HttpRequestError.InvalidResponse
                => NotSkypunch(server),
            HttpRequestError.SecureConnectionError
                => $"{server} offers no trusted TLS: {Printable.Of(cause.InnerException?.Message ?? cause.Message)}",
            _ => $"cannot reach skypunch at {server}: start it with 'skypunch start', or name another server with --server",
        };

    private static string NotSkypunch(string server) => $"{server} answers, but not as skypunch does: check the address and the port";

    // What the client says of an HTTP answer without gRPC in it, such as a proxy's 502.
    private static bool IsBareHttp(string detail) => detail.StartsWith("Bad gRPC response.", StringComparison.Ordinal);

    private static string CodeOf(StatusCode code) => code switch
    {
        StatusCode.Cancelled => "CANCELLED",
        StatusCode.InvalidArgument => "INVALID_ARGUMENT",
        StatusCode.DeadlineExceeded => "DEADLINE_EXCEEDED",
        StatusCode.NotFound => "NOT_FOUND",
        StatusCode.AlreadyExists => "ALREADY_EXISTS",
        StatusCode.PermissionDenied => "PERMISSION_DENIED",
        StatusCode.ResourceExhausted => "RESOURCE_EXHAUSTED",
        StatusCode.FailedPrecondition => "FAILED_PRECONDITION",
        StatusCode.Aborted => "ABORTED",
        StatusCode.OutOfRange => "OUT_OF_RANGE",
        StatusCode.Unimplemented => "UNIMPLEMENTED",
        StatusCode.Internal => "INTERNAL",
        StatusCode.Unavailable => "UNAVAILABLE",
        StatusCode.DataLoss => "DATA_LOSS",
        StatusCode.Unauthenticated => "UNAUTHENTICATED",
        _ => "UNKNOWN",
    };
}
