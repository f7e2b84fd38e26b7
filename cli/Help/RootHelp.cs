namespace Skypunch.Cli.Help;

/// <summary>What the help of the whole says.</summary>
internal static class RootHelp
{
    public static readonly IReadOnlyList<string> Usage =
    [
        "start | stop | status",
        "targets [ID [enable | disable | test | trace | history | edit | delete]]",
        "targets add NAME URL [options]",
        "notifiers [ID [enable | disable | test | edit | delete | deliveries]]",
        "notifiers add NAME ADDRESS --params PARAMS [options]",
        "maintenance [ID] | now TIME TARGET | add NAME --filter EXPR [options]",
        "incidents [ID] [--open] [--target ID] [--since TIME]",
        "uptime [ID ...] [--window TIME | --month YYYY-MM [--zone ZONE]]",
        "report --month YYYY-MM [--zone ZONE]",
        "apply -f FILE [--dry-run] [--prune]",
        "export",
    ];

    public static readonly IReadOnlyList<(string Line, string Effect)> Examples =
    [
        ("start", "Starts the daemon. With an empty store it loads skypunch.yaml from the current folder."),
        ("targets", "Lists what is watched."),
        ("targets 1 test", "Probes target 1 at once and shows each step."),
        ("targets add \"My site\" https://example.org --frequency 30s", "Watches one more."),
        ("uptime", "Shows how available each was over the last 30 days."),
        ("apply -f monitoring/ --dry-run", "Says what has to change so that targets and notifiers are as files say."),
        ("targets -o json --server http://monitor:7413 --token-file token.txt", "Lists another server's targets for a program."),
    ];

    public const string Remarks =
        "Exit codes: 0 done (of a test: PASS), 1 not done, 2 a test's verdict is FAIL, 3 a test could not be run, "
        + "64 the command line is wrong, 130 interrupted. In place of an ID the name may stand. "
        + "NO_COLOR is honoured; output to a pipe has no colours.";
}
