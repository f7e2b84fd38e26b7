using System.Text.Json.Nodes;
using Skypunch.Admin.V1;
using Skypunch.Cli.Output;

namespace Skypunch.Cli.Targets;

/// <summary>A target for programs, and beside its fields those of its state. Without its secrets: the server does not give them.</summary>
internal static class TargetJson
{
    // What every target has, and is not null where a server gives none.
    private static readonly string[] Texts = ["name", "url", "method", "pass_result", "status_description"];
    private static readonly string[] Durations = ["frequency_seconds", "timeout_seconds"];

    // The members in the order of earlier releases; what is new follows.
    private static readonly string[] Order = (
        "id name url method authn pass_result frequency_seconds timeout_seconds failure_threshold success_threshold enabled status status_description reason previous_status "
        + "last_update_time next_probe_time pass_count fail_count count_200 count_300 count_400 count_500 network_fail_count repeated_fail_count missed_count headers content_type "
        + "follow_redirects max_redirects http_version ip_family tls assertions retry_interval_seconds catalog advice has_body proxy keep_cookies query_secrets").Split(' ');

    /// <summary>A target of a list, which has no last results.</summary>
    public static JsonObject Of(Target target) => Of(target, "recent_results");

    /// <summary>A target with its last results.</summary>
    public static JsonObject WithResults(Target target) => Of(target, []);

    private static JsonObject Of(Target target, params string[] without)
    {
        var members = MessageJson.MembersOf(target, "authn_params", "body", "client_key", "state", "query_secrets")
            .Concat(MessageJson.MembersOf(target.State ?? new TargetState(), without))
            .ToDictionary();
        members["enabled"] = target.IsEnabled();
        members["query_secrets"] = new JsonArray([.. target.QuerySecrets.Select(parameter => (JsonNode?)parameter.Name)]);
        foreach (var name in Texts)
        {
            members[name] ??= "";
        }

        foreach (var name in Durations)
        {
            members[name] ??= 0;
        }

        return new JsonObject(Order.Concat(members.Keys.Except(Order)).Select(name => KeyValuePair.Create(name, members[name])));
    }
}
