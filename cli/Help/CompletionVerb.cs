using System.CommandLine;
using Skypunch.Cli.Faults;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Help;

/// <summary><c>skypunch completion SHELL</c>: a script with which the shell asks this program for what may come next.</summary>
internal static class CompletionVerb
{
    private const string Bash = """
        _skypunch() {
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$(skypunch "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _skypunch skypunch
        """;

    private const string Zsh = """
        #compdef skypunch
        _skypunch() {
          local -a words_found
          words_found=("${(@f)$(skypunch "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
          compadd -- $words_found
        }
        compdef _skypunch skypunch
        """;

    private const string Fish = """
        complete -c skypunch -f -a '(skypunch "[suggest:"(commandline -C)"]" (commandline -cp) 2>/dev/null)'
        """;

    public static VerbCommand Create(VerbRunner runner)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish." };
        return new VerbCommand("completion", "Prints a script that completes commands and options in a shell.")
        {
            Usage = ["completion bash | zsh | fish"],
            Examples =
            [
                ("completion bash > ~/.local/share/bash-completion/completions/skypunch", "For bash."),
                ("completion fish > ~/.config/fish/completions/skypunch.fish", "For fish."),
            ],
        }.With(shell).Does(runner, (session, _) =>
        {
            session.Surroundings.Out.WriteLine(session.Given.GetValue(shell) switch
            {
                "bash" => Bash,
                "zsh" => Zsh,
                "fish" => Fish,
                _ => throw CliFault.Usage("SHELL: must be bash, zsh or fish"),
            });
            return Task.FromResult(ExitCodes.Ok);
        });
    }
}
