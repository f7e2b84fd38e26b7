using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Recipient = Skypunch.Admin.V1.Notifier;

namespace Skypunch.UnitTests.Cli;

/// <summary>Sample messages to print.</summary>
internal static class Samples
{
    public static Timestamp At(string time) => Timestamp.FromDateTimeOffset(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture));

    /// <summary>The first target in the 2013 manual.</summary>
    public static Target Google() => new()
    {
        Id = 1,
        Name = "Google Dot COM",
        Url = "http://www.google.com",
        Method = "GET",
        Authn = Authn.None,
        PassResult = "200",
        Frequency = Duration.FromTimeSpan(TimeSpan.FromSeconds(10)),
        Timeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(5)),
        Enabled = true,
        FailureThreshold = 1,
        SuccessThreshold = 2,
        State = new TargetState
        {
            Status = TargetStatus.Pass,
            StatusDescription = "OK",
            Reason = "ok",
            PreviousStatus = TargetStatus.New,
            LastUpdateTime = At("2013-07-11T04:17:54Z"),
            NextProbeTime = At("2013-07-11T04:18:04Z"),
            PassCount = 12996,
            Count200 = 12990,
            Count300 = 6,
            MissedCount = 2,
        },
    };

    /// <summary>A target that has not been probed yet.</summary>
    public static Target New(long id, string name, string url = "http://localhost") => new()
    {
        Id = id,
        Name = name,
        Url = url,
        Method = "GET",
        PassResult = "200",
        Frequency = new Duration { Seconds = 10 },
        Timeout = new Duration { Seconds = 10 },
        State = new TargetState { Status = TargetStatus.New },
    };

    /// <summary>A target with a value in every field.</summary>
    public static Target Full()
    {
        var target = New(3, "Search", "/query");
        target.Timeout = null;
        target.MergeFrom(new Target
        {
            Description = "Finds what the shop sells.\nAsk the search team.",
            Labels = { ["team"] = "search", ["example.org/tier"] = "1 of 2: main" },
            Group = "shop/search",
            Method = "POST",
            Headers = { new Header { Name = "Accept", Value = "text/html" }, new Header { Name = "Authorization" } },
            HasBody = true,
            Proxy = "http://me@proxy.example:3128",
            KeepCookies = true,
            QuerySecrets = { new QueryParameter { Name = "api_key" } },
            ContentType = "application/json",
            Timeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(1.5)),
            FollowRedirects = true,
            MaxRedirects = 5,
            HttpVersion = HttpVersion._2,
            IpFamily = IpFamily.PreferIpv6,
            Tls = new Tls
            {
                SkipVerify = true,
                Ca = "-----BEGIN CERTIFICATE-----\na\n-----END CERTIFICATE-----\n-----BEGIN CERTIFICATE-----\nb\n-----END CERTIFICATE-----\n",
                ClientCertificate = "-----BEGIN CERTIFICATE-----\nc\n-----END CERTIFICATE-----\n",
                ServerName = "search.example.org",
            },
            Assertions = { "json $.hits == 1", "latency < 500ms", "body not contains #: x" },
            RetryInterval = new Duration { Seconds = 2 },
            Catalog = new CatalogService { ServiceType = "search", RegionName = "RegionOne", Interface = "internal" },
            State = new TargetState { Advice = "Look at the log of the service." },
        });
        return target;
    }

    public static ProbeReport Passed() => Report(passed: true, "OK");

    public static ProbeReport Failed(string description) => Report(passed: false, description);

    public static GetTargetTracesResponse Traces()
    {
        var traces = new GetTargetTracesResponse
        {
            LastFailure = Failed("target status:503 != 200"),
            LastChange = Passed(),
            LastChangeFrom = TargetStatus.Fail,
            LastChangeTo = TargetStatus.Pass,
        };
        var step = Step("assertion", "25.119300", "body contains OK", StepOutcome.Fail);
        step.Reason = "the body has no such text";
        traces.LastFailure.Steps.Add(step);
        return traces;
    }

    public static Recipient Ops() => new()
    {
        Id = 1,
        Name = "Ops",
        Type = "SMTP",
        Address = "ops@example.org",
        Enabled = true,
        PassCount = 5,
        FailCount = 1,
    };

    public static Delivery Delivery(long id, DeliveryState state) => new()
    {
        Id = id,
        NotifierId = 1,
        TargetId = 8,
        TargetName = "Shop",
        Change = "PASS > FAIL",
        ChangeTime = At("2026-03-01T09:00:00Z"),
        State = state,
        Attempts = 2,
        LastError = state == DeliveryState.Sent ? "" : "connection refused",
        SentTime = state == DeliveryState.Sent ? At("2026-03-01T09:00:02Z") : null,
        NextAttemptTime = state == DeliveryState.Pending ? At("2026-03-01T09:05:00Z") : null,
    };

    private static ProbeReport Report(bool passed, string description) => new()
    {
        Passed = passed,
        Reason = passed ? "ok" : "status_mismatch",
        Description = description,
        StatusCode = passed ? 200 : 503,
        StartTime = At("2013-07-13T02:44:25.113600Z"),
        Duration = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(5.5)),
        Prober = "host-1",
        Advice = passed ? "" : "The service is overloaded: look at its log.",
        Steps =
        {
            Step("request", "25.113623", "Connecting to http://localhost ....", StepOutcome.Unspecified),
            Step("connect", "25.118338", "Connection   ", StepOutcome.Ok, 0.1, 4.638),
            Step("response", "25.119219", "Response", passed ? StepOutcome.Ok : StepOutcome.Fail, 4.7, 0.881),
        },
    };

    public static TraceStep Step(string phase, string second, string text, StepOutcome outcome, double offset = 0, double took = 0) => new()
    {
        Phase = phase,
        EndTime = At($"2013-07-13T02:44:{second}Z"),
        Offset = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(offset)),
        Duration = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(took)),
        Text = text,
        Outcome = outcome,
    };
}
