using System.Runtime.InteropServices;
using Skypunch.Cli;
using Skypunch.Cli.Terminal;

using var cancelled = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);

return await CliProgram.RunAsync(args, Surroundings.OfProcess(), cancelled.Token);

void Cancel(PosixSignalContext context)
{
    // After the first signal the verb ends by itself and says how; the second signal ends a verb that does not.
    context.Cancel = !cancelled.IsCancellationRequested;
    cancelled.Cancel();
}
