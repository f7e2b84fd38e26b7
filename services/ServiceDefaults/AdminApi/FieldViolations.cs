using System.Diagnostics.CodeAnalysis;
using Google.Rpc;
using Grpc.Core;

namespace Skypunch.ServiceDefaults.AdminApi;

/// <summary>
/// Collects everything that is wrong with a request, for one answer INVALID_ARGUMENT with a google.rpc.BadRequest (see google.aip.dev/193).
/// A field is named by its path in the request, such as <c>target.frequency</c>. A description completes the sentence "FIELD ...": "must be
/// from 1 s to 1 day".
/// </summary>
public sealed class FieldViolations
{
    private readonly List<BadRequest.Types.FieldViolation> _violations = [];

    /// <summary>Whether anything is wrong.</summary>
    public bool Any => _violations.Count > 0;

    /// <summary>What is wrong, in words, one sentence a field.</summary>
    public IEnumerable<(string Field, string Description)> All => _violations.Select(v => (v.Field, v.Description));

    /// <summary>Adds a violation of a field.</summary>
    public void Add(string field, string description)
        => _violations.Add(new BadRequest.Types.FieldViolation { Field = field, Description = description });

    /// <summary>Adds a violation of a field unless a rule holds.</summary>
    public void Require(bool holds, string field, string description)
    {
        if (!holds)
        {
            Add(field, description);
        }
    }

    /// <summary>
    /// Removes the violations of fields that a change leaves as they are, so that a row that was edited by hand in SQL can be corrected
    /// field by field. The violation of an unchanged field stays where another field changes that limits its values.
    /// </summary>
    /// <param name="resource">The resource's name in the request, such as "target".</param>
    /// <param name="changed">The fields that change.</param>
    /// <param name="boundBy">For a field, the other fields that limit its values.</param>
    public void KeepChanged(string resource, IReadOnlySet<string> changed, IReadOnlyDictionary<string, string[]> boundBy)
        => _violations.RemoveAll(violation => UpdateMask.FieldOf(violation.Field[(resource.Length + 1)..]) is var field
            && !changed.Contains(field)
            && !changed.Overlaps(boundBy.GetValueOrDefault(field, [])));

    /// <summary>Ends the call if there is any violation.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT, with every violation.</exception>
    public void ThrowIfAny()
    {
        if (Any)
        {
            throw ToException();
        }
    }

    /// <summary>Ends the call with a violation of one field.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT, always.</exception>
    [DoesNotReturn]
    public static void Throw(string field, string description)
    {
        var violations = new FieldViolations();
        violations.Add(field, description);
        throw violations.ToException();
    }

    private RpcException ToException()
    {
        var detail = new BadRequest();
        detail.FieldViolations.AddRange(_violations);
        return new Google.Rpc.Status
        {
            Code = (int)StatusCode.InvalidArgument,
            Message = string.Join("; ", _violations.Select(v => $"{v.Field} {v.Description}")),
            Details = { Google.Protobuf.WellKnownTypes.Any.Pack(detail) },
        }.ToRpcException();
    }
}
