using System.Runtime.InteropServices;
using Skypunch.Cli;

using var cancelled = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);

return await CommandLine.RunAsync(args, Surroundings.OfProcess(), cancelled.Token);

void Cancel(PosixSignalContext context)
{
    // The verb ends by itself and says how; one that does not is ended by the second signal.
    context.Cancel = !cancelled.IsCancellationRequested;
    cancelled.Cancel();
}
