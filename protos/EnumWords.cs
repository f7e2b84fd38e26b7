namespace Skypunch.Admin.V1;

/// <summary>
/// The words for the values of the API's enums, as people write and read them in files, on the command line and in tables. Each list is in
/// the order in which help texts name the words. An unspecified value has the word of the default that it stands for. A value that only a
/// newer release knows is shown as its number.
/// </summary>
public static class EnumWords
{
    /// <summary>How a probe authenticates itself.</summary>
    public static IReadOnlyList<(string Word, Authn Value)> Authns { get; } =
    [
        ("NONE", Authn.None),
        ("BASIC", Authn.Basic),
        ("OPENSTACK", Authn.Openstack),
        ("OAUTH2", Authn.Oauth2),
        ("DIGEST", Authn.Digest),
    ];

    /// <summary>The versions of HTTP that a probe speaks.</summary>
    public static IReadOnlyList<(string Word, HttpVersion Value)> HttpVersions { get; } = [("1.1", HttpVersion._11), ("2", HttpVersion._2)];

    /// <summary>Which of a name's addresses a probe tries.</summary>
    public static IReadOnlyList<(string Word, IpFamily Value)> IpFamilies { get; } =
    [
        ("ANY", IpFamily.Any),
        ("IPV4", IpFamily.Ipv4),
        ("IPV6", IpFamily.Ipv6),
        ("PREFER_IPV4", IpFamily.PreferIpv4),
        ("PREFER_IPV6", IpFamily.PreferIpv6),
    ];

    /// <summary>What the probes have found.</summary>
    public static IReadOnlyList<(string Word, TargetStatus Value)> TargetStatuses { get; } =
        [("NEW", TargetStatus.New), ("PASS", TargetStatus.Pass), ("FAIL", TargetStatus.Fail)];

    /// <summary>What has become of a delivery.</summary>
    public static IReadOnlyList<(string Word, DeliveryState Value)> DeliveryStates { get; } =
    [
        ("PENDING", DeliveryState.Pending),
        ("SENT", DeliveryState.Sent),
        ("FAILED", DeliveryState.Failed),
        ("CANCELLED", DeliveryState.Cancelled),
    ];

    /// <summary>Whether a notifier is told.</summary>
    public static IReadOnlyList<(string Word, ToldVerdict Value)> ToldVerdicts { get; } =
    [
        ("TOLD", ToldVerdict.Told),
        ("LATER", ToldVerdict.Later),
        ("SOMETIMES", ToldVerdict.Sometimes),
        ("NOT_TOLD", ToldVerdict.NotTold),
    ];

    /// <summary>For how much time a point of a chart stands.</summary>
    public static IReadOnlyList<(string Word, SeriesStep Value)> SeriesSteps { get; } =
        [("RESULT", SeriesStep.Result), ("HOUR", SeriesStep.Hour), ("DAY", SeriesStep.Day)];

    /// <summary>Whether the notifiers are told of a status change.</summary>
    public static IReadOnlyList<(string Word, ChangeDecision Value)> ChangeDecisions { get; } =
    [
        ("TOLD", ChangeDecision.Told),
        ("MAINTENANCE", ChangeDecision.Maintenance),
        ("TOLD_LATE", ChangeDecision.ToldLate),
        ("FAILURE_UNTOLD", ChangeDecision.FailureUntold),
    ];

    /// <summary>The word for a value.</summary>
    public static string Of(Authn authn) => WordOf(Authns, authn is Authn.Unspecified ? Authn.None : authn);

    /// <inheritdoc cref="Of(Authn)"/>
    public static string Of(HttpVersion version) => WordOf(HttpVersions, version is HttpVersion.Unspecified ? HttpVersion._11 : version);

    /// <inheritdoc cref="Of(Authn)"/>
    public static string Of(IpFamily family) => WordOf(IpFamilies, family is IpFamily.Unspecified ? IpFamily.Any : family);

    /// <summary>The word for a value; empty for an unspecified value.</summary>
    public static string Of(TargetStatus status) => status is TargetStatus.Unspecified ? "" : WordOf(TargetStatuses, status);

    /// <inheritdoc cref="Of(TargetStatus)"/>
    public static string Of(DeliveryState state) => state is DeliveryState.Unspecified ? "" : WordOf(DeliveryStates, state);

    /// <inheritdoc cref="Of(TargetStatus)"/>
    public static string Of(ToldVerdict verdict) => verdict is ToldVerdict.Unspecified ? "" : WordOf(ToldVerdicts, verdict);

    /// <inheritdoc cref="Of(TargetStatus)"/>
    public static string Of(SeriesStep step) => step is SeriesStep.Unspecified ? "" : WordOf(SeriesSteps, step);

    /// <inheritdoc cref="Of(TargetStatus)"/>
    public static string Of(ChangeDecision decision) => decision is ChangeDecision.Unspecified ? "" : WordOf(ChangeDecisions, decision);

    /// <summary>The word of a value of any of these enums.</summary>
    public static string Of(Enum value) => value switch
    {
        Authn authn => Of(authn),
        HttpVersion version => Of(version),
        IpFamily family => Of(family),
        TargetStatus status => Of(status),
        DeliveryState state => Of(state),
        ToldVerdict verdict => Of(verdict),
        SeriesStep step => Of(step),
        ChangeDecision decision => Of(decision),
        _ => value.ToString("D"),
    };

    private static string WordOf<T>(IReadOnlyList<(string Word, T Value)> words, T value)
        where T : struct, Enum
    {
        foreach (var (word, known) in words)
        {
            if (EqualityComparer<T>.Default.Equals(known, value))
            {
                return word;
            }
        }

        return value.ToString("D");
    }
}
