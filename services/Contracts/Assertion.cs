using System.Text.RegularExpressions;

namespace Skypunch.Contracts;

/// <summary>What must hold of an answer beside its status.</summary>
/// <param name="Text">As the operator has written it.</param>
public abstract record Assertion(string Text);

/// <summary>The body has a text in it, letter by letter.</summary>
public sealed record BodyContains(string Text, string Wanted) : Assertion(Text);

/// <summary>The body matches a regular expression somewhere.</summary>
public sealed record BodyMatches(string Text, Regex Pattern) : Assertion(Text);

/// <summary>The body is JSON and has a value at a path.</summary>
/// <param name="Text">As the operator has written it.</param>
/// <param name="Path">Where.</param>
/// <param name="Wanted">The value as JSON writes it; a text that is no JSON stands for itself.</param>
public sealed record JsonEquals(string Text, JsonPath Path, string Wanted) : Assertion(Text);

/// <summary>The answer has a header.</summary>
public sealed record HeaderPresent(string Text, string Name) : Assertion(Text);

/// <summary>The answer has a header whose value matches a regular expression somewhere.</summary>
public sealed record HeaderMatches(string Text, string Name, Regex Pattern) : Assertion(Text);

/// <summary>The probe, from its begin to the last byte and without the login to Keystone, takes less than a time.</summary>
public sealed record LatencyUnder(string Text, TimeSpan Most) : Assertion(Text);

/// <summary>The server's certificate is valid for more than so many days from now.</summary>
public sealed record CertificateValidFor(string Text, int Days) : Assertion(Text);
