using Skypunch.Standalone;

if (!DaemonArguments.TryParse(args, Environment.GetEnvironmentVariable, out var arguments, out var answer, out var error))
{
    await (error is null ? Console.Out : Console.Error).WriteLineAsync(error ?? answer);
    return error is null ? 0 : 1;
}

if (arguments.Health)
{
    return await Daemon.AskHealthAsync(arguments);
}

UnixProcess.KeepNewFilesPrivate();
if (arguments.Background)
{
    UnixProcess.LeaveTerminal();
}

return await new Daemon(arguments, new Terminal(Console.Out, Console.Error, arguments.Background)).RunAsync();
