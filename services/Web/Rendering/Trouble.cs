using Grpc.Core;

namespace Skypunch.Web.Rendering;

/// <summary>What is shown where the admin API gives no answer, or no such thing.</summary>
public static class Trouble
{
    /// <summary>The screen for a fault of the admin API.</summary>
    public static Screen ScreenOf(Visit visit, RpcException fault) => fault.StatusCode switch
    {
        StatusCode.NotFound => NotFound(visit, fault.Status.Detail),
        StatusCode.InvalidArgument => Of(visit, "That cannot be right", fault.Status.Detail, StatusCodes.Status400BadRequest),
        StatusCode.AlreadyExists or StatusCode.FailedPrecondition or StatusCode.Aborted => Of(visit, "That is not possible", fault.Status.Detail, StatusCodes.Status409Conflict),
        StatusCode.Unauthenticated or StatusCode.PermissionDenied => Of(
            visit, "The page may not use the admin API", "Its setting Admin:Token or Admin:TokenFile must have the Scheduler's token.", StatusCodes.Status502BadGateway),
        _ => Of(
            visit,
            "Skypunch does not answer just now",
            fault.Status.DebugException is null && fault.Status.Detail.Length > 0 ? fault.Status.Detail : "The Scheduler cannot be reached: look at its log and at 'skypunch status'.",
            StatusCodes.Status503ServiceUnavailable),
    };

    /// <summary>The screen for something that is not there.</summary>
    public static Screen NotFound(Visit visit, string detail) => Of(visit, "Not found", detail, StatusCodes.Status404NotFound);

    private static Screen Of(Visit visit, string title, string detail, int status)
        => Screen.Of<TroubleScreen, string>(visit.Words.Of(title), "", visit.Words.Of(detail)) with { Status = status };
}
