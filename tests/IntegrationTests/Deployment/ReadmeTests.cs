using System.Globalization;
using System.Reflection;
using Skypunch.TestBed;

namespace Skypunch.IntegrationTests.Deployment;

/// <summary>
/// Each command of the README is run by a test: the user's first steps here, as they are written; the others by the tests that are listed
/// here.
/// </summary>
[Collection(nameof(Deployed))]
public sealed class ReadmeTests : IDisposable
{
    private const string Prefix = "dotnet run --project cli -- ";

    private static readonly Dictionary<string, string> RunByOthers = new()
    {
        ["tests/run"] = "Every_command_is_run_by_a_test", // this command runs this very test
        ["skypunch --server http://127.0.0.1:7413 --token-file token status"] = nameof(ComposeTests.A_system_starts_probes_is_scaled_loses_a_Prober_and_keeps_its_data),
        ["docker build --file deploy/Dockerfile --target skypunchd --tag skypunch/skypunchd ."] =
            nameof(ImageTests.An_image_names_its_user_its_ports_its_health_check_and_its_labels),
        ["docker run --detach --name skypunch --read-only --cap-drop ALL --volume skypunch:/data skypunch/skypunchd"] =
            nameof(ImageTests.The_daemon_runs_without_rights_on_a_file_system_that_it_cannot_write_to),
        ["docker exec skypunch skypunch targets add 'My shop' https://shop.example.com/health"] =
            nameof(ImageTests.The_daemon_runs_without_rights_on_a_file_system_that_it_cannot_write_to),
        ["docker exec skypunch skypunch targets"] = nameof(ImageTests.The_daemon_runs_without_rights_on_a_file_system_that_it_cannot_write_to),
        ["deploy/make-secrets"] = nameof(ComposeTests.A_system_starts_probes_is_scaled_loses_a_Prober_and_keeps_its_data),
        ["docker compose up --detach --wait --scale prober=4"] = nameof(ComposeTests.A_system_starts_probes_is_scaled_loses_a_Prober_and_keeps_its_data),
        ["skypunch --server http://127.0.0.1:7413 --token-file secrets/Admin__Token targets"] =
            nameof(ComposeTests.A_system_starts_probes_is_scaled_loses_a_Prober_and_keeps_its_data),
        ["skypunch --server http://127.0.0.1:7413 --token-file secrets/Admin__Token open --page http://127.0.0.1:7415"] =
            nameof(ComposeTests.A_system_starts_probes_is_scaled_loses_a_Prober_and_keeps_its_data),
        ["docker compose down"] = nameof(ComposeTests.A_system_starts_probes_is_scaled_loses_a_Prober_and_keeps_its_data),

        // There is no cluster here. UnitTests/Deployment builds and checks each object that would be sent to the cluster.
        ["deploy/make-secrets k8s/overlays/dev/secrets"] = nameof(ComposeTests.Make_secrets_writes_the_files_that_the_dev_overlay_reads_and_keeps_an_existing_key),
        ["kubectl apply -k k8s/overlays/dev"] = "UnitTests/Deployment/WiringTests.cs",
        ["kubectl --namespace skypunch port-forward service/scheduler 7413"] = "UnitTests/Deployment/WiringTests.cs",
        ["skypunch --server http://127.0.0.1:7413 --token-file k8s/overlays/dev/secrets/Admin__Token status"] =
            nameof(ComposeTests.A_system_starts_probes_is_scaled_loses_a_Prober_and_keeps_its_data),
    };

    private static readonly string[] Programs = ["dotnet", "docker", "kubectl", "skypunch", "tests/run", "deploy/", "curl", "systemctl", "cp"];

    private readonly string _home = Directory.CreateTempSubdirectory("skypunch-readme-").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public void Every_command_is_run_by_a_test()
    {
        var tests = Assembly.GetExecutingAssembly().GetTypes().SelectMany(type => type.GetMethods()).Select(method => method.Name).ToHashSet();

        Assert.All(Commands(), command => Assert.True(
            IsRunHere(command) || RunByOthers.ContainsKey(command),
            $"No test runs the README's '{command}': name one in ReadmeTests.RunByOthers."));
        Assert.All(RunByOthers, entry => Assert.Contains(entry.Key, Commands()));
        Assert.All(RunByOthers.Values, test => Assert.True(tests.Contains(test) || File.Exists(Path.Combine(Tool.Sources, "tests", test)), test));
    }

    [Fact]
    public async Task The_first_steps_of_the_README_work_as_written()
    {
        var port = ContainerServer.FreePort();
        var variables = new Dictionary<string, string>
        {
            ["SKYPUNCH_HOME"] = Path.Combine(_home, "data"),
            ["Kestrel__Endpoints__Admin__Url"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
            ["Kestrel__Endpoints__Health__Url"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port + 1}"),
            ["Kestrel__Endpoints__Web__Url"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port + 2}"),
        };
        var steps = Commands().Where(IsRunHere).OrderBy(command => command == Prefix + "stop").ToList(); // the README shows 'stop' early
        File.WriteAllText(Path.Combine(_home, "token.txt"), "X-Token: abc\n");
        Directory.CreateDirectory(Path.Combine(_home, "monitoring"));
        File.Copy(Path.Combine(Tool.Sources, "skypunch.yaml"), Path.Combine(_home, "monitoring", "skypunch.yaml"));

        Assert.Equal(Prefix + "start", steps[0]);
        try
        {
            foreach (var step in steps)
            {
                var answer = await new Tool("bash", variables).RunAsync("-c", Runnable(step, isFirst: step == steps[0]));
                var isSent = step.EndsWith("notifiers 1 test", StringComparison.Ordinal); // sends to a mail server that does not exist
                Assert.True(answer.ExitCode == 0 != isSent, $"{step}: exit code {answer.ExitCode}\n{answer.Out}{answer.Error}");
            }
        }
        finally
        {
            await Tool.Skypunch(variables).RunAsync("stop");
        }
    }

    // The commands that the user's own daemon gets.
    private static bool IsRunHere(string command)
        => command.StartsWith(Prefix, StringComparison.Ordinal)
            || (command.StartsWith("skypunch ", StringComparison.Ordinal) && !command.Contains("--server", StringComparison.Ordinal));

    // The first command builds. The others run the program that was built, which starts at once. A command of the installed program runs in
    // the folder with the user's files.
    private string Runnable(string step, bool isFirst)
        => isFirst ? step
            : step.EndsWith(" --params -", StringComparison.Ordinal) ? $"echo 'server=smtp.example.com,user=me,password=secret' | {Tool.SkypunchPath} {step[Prefix.Length..]}"
            : step.StartsWith(Prefix, StringComparison.Ordinal) ? $"{Tool.SkypunchPath} {step[Prefix.Length..]}"
            : $"cd {_home} && {Tool.SkypunchPath} {step["skypunch ".Length..]}";

    // The lines of code blocks that begin with a program's name. A backslash at the end joins the next line.
    private static List<string> Commands()
    {
        var blocks = File.ReadAllText(Path.Combine(Tool.Sources, "README.md")).Split("```").Where((_, index) => index % 2 == 1);
        return [.. blocks.SelectMany(block => block.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
            .Where(line => Programs.Any(program => line.StartsWith(program, StringComparison.Ordinal)))];
    }
}
