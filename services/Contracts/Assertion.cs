using System.Text.RegularExpressions;

namespace Skypunch.Contracts;

/// <summary>What must hold of an answer beside its status.</summary>
/// <param name="Text">As the operator has written it.</param>
public abstract record Assertion(string Text)
{
    /// <summary>It must not be so: the words of the operator have a 'not' in them, or say 'absent'.</summary>
    public bool IsNegative { get; init; }
}

/// <summary>The body has a text in it, letter by letter.</summary>
public sealed record BodyContains(string Text, string Wanted) : Assertion(Text);

/// <summary>The body matches a regular expression somewhere.</summary>
public sealed record BodyMatches(string Text, Regex Pattern) : Assertion(Text);

/// <summary>The answer has a header.</summary>
public sealed record HeaderPresent(string Text, string Name) : Assertion(Text);

/// <summary>The answer has a header, and its value matches a regular expression somewhere, or nowhere.</summary>
public sealed record HeaderMatches(string Text, string Name, Regex Pattern) : Assertion(Text);

/// <summary>
/// The probe, from its begin to the last byte of the answer that is judged, redirects included and without the login to Keystone, takes less than a time, or more.
/// </summary>
public sealed record Latency(string Text, Comparison Comparison, TimeSpan Limit) : Assertion(Text);

/// <summary>The server's certificate is valid for more than so many days from now.</summary>
public sealed record CertificateValidFor(string Text, int Days) : Assertion(Text);

/// <summary>The body is JSON, and something holds of the value at a path. The value must be there, unless it is said that it must not.</summary>
/// <param name="Text">As the operator has written it.</param>
/// <param name="Path">Where.</param>
public abstract record JsonAssertion(string Text, JsonPath Path) : Assertion(Text);

/// <summary>There is a value, be it null.</summary>
public sealed record JsonExists(string Text, JsonPath Path) : JsonAssertion(Text, Path);

/// <summary>The value is, or is not, another.</summary>
/// <param name="Text">As the operator has written it.</param>
/// <param name="Path">Where.</param>
/// <param name="Wanted">The value as JSON writes it; a text that is no JSON stands for itself.</param>
public sealed record JsonEquals(string Text, JsonPath Path, string Wanted) : JsonAssertion(Text, Path);

/// <summary>The value is a number below or above another.</summary>
/// <param name="Text">As the operator has written it.</param>
/// <param name="Path">Where.</param>
/// <param name="Comparison">How they compare.</param>
/// <param name="Number">The other as JSON writes it.</param>
public sealed record JsonCompares(string Text, JsonPath Path, Comparison Comparison, string Number) : JsonAssertion(Text, Path);

/// <summary>The value has so many characters, elements or members, as the function length of RFC 9535 counts them.</summary>
public sealed record JsonLength(string Text, JsonPath Path, Comparison Comparison, int Length) : JsonAssertion(Text, Path);

/// <summary>The value, a text or what JSON writes for it, matches a regular expression somewhere, or nowhere.</summary>
public sealed record JsonMatches(string Text, JsonPath Path, Regex Pattern) : JsonAssertion(Text, Path);
