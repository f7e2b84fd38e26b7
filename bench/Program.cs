using Skypunch.Bench;
using Skypunch.Bench.BareLoop;
using Skypunch.Bench.Faults;
using Skypunch.Bench.History;
using Skypunch.Bench.MailSink;
using Skypunch.Bench.Micro;
using Skypunch.Bench.Runs;
using Skypunch.Bench.Simulation;
using Skypunch.Bench.WebServer;

if (args is [] or ["--help" or "-h" or "help", ..])
{
    await Console.Out.WriteAsync(HelpText.Of());
    return 0;
}

try
{
    switch (args)
    {
        case ["serve", var folder]:
            await ServeVerb.RunAsync(folder);
            return 0;
        case ["mailsink"]:
            await MailSinkVerb.RunAsync();
            return 0;
        case ["bare", var targets, var authority]:
            await BareVerb.RunAsync(targets, authority);
            return 0;
        case ["history", .. var options]:
            await HistoryVerb.RunAsync(options);
            return 0;
        case ["simulate", .. var options]:
            await SimulateVerb.RunAsync(options);
            return 0;
    }

    var arguments = BenchArguments.Parse(args);
    switch (arguments.Verb)
    {
        case "all":
            return await Bench.RunAllAsync(arguments.Seconds) ? 0 : 1;
        case "micro":
            return MicroBenchmarks.Run(arguments.Rest is [var filter, ..] ? filter : null);
        case "trace":
            await TraceShare.RunAsync();
            return 0;
        case "keep":
            await Bench.KeepAsync((arguments with { Verb = arguments.Rest is [var scenario, ..] ? scenario : "" }).Plan());
            return 0;
        default:
            await Bench.RunAsync(arguments.Plan());
            return 0;
    }
}
catch (BenchException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
