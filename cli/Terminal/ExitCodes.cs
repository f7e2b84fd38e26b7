namespace Skypunch.Cli.Terminal;

/// <summary>The exit codes of every verb. The exit codes of <c>test</c> are those of Nagios, so that <c>test</c> serves as a check.</summary>
internal static class ExitCodes
{
    /// <summary>Done; of a test: PASS.</summary>
    public const int Ok = 0;

    /// <summary>Not done: rejected, not found, not reachable.</summary>
    public const int Failed = 1;

    /// <summary>Of a test: the probe ran, and the verdict is FAIL.</summary>
    public const int TestFailed = 2;

    /// <summary>Of a test: the probe could not be run, so nothing is known.</summary>
    public const int TestUnknown = 3;

    /// <summary>The command line itself is wrong (EX_USAGE of sysexits.h).</summary>
    public const int Usage = 64;

    /// <summary>Ended by Ctrl+C or SIGTERM.</summary>
    public const int Interrupted = 130;
}
