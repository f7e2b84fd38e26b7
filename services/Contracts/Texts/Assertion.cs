using System.Text.RegularExpressions;

namespace Skypunch.Contracts.Texts;

/// <summary>What must hold of an answer in addition to its status.</summary>
/// <param name="Text">The text as the operator has written it.</param>
/// <param name="NeedsBody">Whether the whole body has to be read to judge the assertion.</param>
public abstract record Assertion(string Text, bool NeedsBody)
{
    /// <summary>Whether the opposite must hold: the operator has written 'not', '!=' or 'absent'.</summary>
    public bool IsNegative { get; init; }
}

/// <summary>The body contains exactly this text.</summary>
public sealed record BodyContains(string Text, string Wanted) : Assertion(Text, NeedsBody: true);

/// <summary>A regular expression matches somewhere in the body.</summary>
public sealed record BodyMatches(string Text, Regex Pattern) : Assertion(Text, NeedsBody: true);

/// <summary>The answer has a header.</summary>
public sealed record HeaderPresent(string Text, string Name) : Assertion(Text, NeedsBody: false);

/// <summary>The answer has a header, and a regular expression matches somewhere in its value; or, where negative, nowhere in it.</summary>
public sealed record HeaderMatches(string Text, string Name, Regex Pattern) : Assertion(Text, NeedsBody: false);

/// <summary>
/// The probe takes less than a time, or more. It is measured from its begin to the last byte of the answer that is judged, including
/// redirects, but without a login to Keystone or a token server.
/// </summary>
public sealed record Latency(string Text, Comparison Comparison, TimeSpan Limit) : Assertion(Text, NeedsBody: false);

/// <summary>The server's certificates are valid for more than this number of days from now.</summary>
public sealed record CertificateValidFor(string Text, int Days) : Assertion(Text, NeedsBody: false);

/// <summary>
/// The body is JSON, and something holds of the value at a path. The value must be there, unless the assertion says that it must not.
/// </summary>
/// <param name="Text">The text as the operator has written it.</param>
/// <param name="Path">The path to the value.</param>
public abstract record JsonAssertion(string Text, JsonPath Path) : Assertion(Text, NeedsBody: true);

/// <summary>There is a value at the path; it may be null.</summary>
public sealed record JsonExists(string Text, JsonPath Path) : JsonAssertion(Text, Path);

/// <summary>The value equals the wanted one, or does not.</summary>
/// <param name="Text">The text as the operator has written it.</param>
/// <param name="Path">The path to the value.</param>
/// <param name="Wanted">The wanted value in JSON. A text that is no JSON is taken as a string.</param>
public sealed record JsonEquals(string Text, JsonPath Path, string Wanted) : JsonAssertion(Text, Path);

/// <summary>The value is a number that is below or above another number.</summary>
/// <param name="Text">The text as the operator has written it.</param>
/// <param name="Path">The path to the value.</param>
/// <param name="Comparison">The comparison that must hold.</param>
/// <param name="Number">The other number, in JSON.</param>
public sealed record JsonCompares(string Text, JsonPath Path, Comparison Comparison, string Number) : JsonAssertion(Text, Path);

/// <summary>
/// The number of the value's characters, elements or members, as the function length of RFC 9535 counts them, compares with a length.
/// </summary>
public sealed record JsonLength(string Text, JsonPath Path, Comparison Comparison, int Length) : JsonAssertion(Text, Path);

/// <summary>
/// A regular expression matches somewhere in the value, a string or else its JSON text; or, where negative, nowhere in it.
/// </summary>
public sealed record JsonMatches(string Text, JsonPath Path, Regex Pattern) : JsonAssertion(Text, Path);
