using System.Diagnostics.CodeAnalysis;
using Google.Rpc;
using Grpc.Core;

namespace Skypunch.ServiceDefaults.AdminApi;

/// <summary>
/// Everything that is wrong with a request, told at once: INVALID_ARGUMENT with a google.rpc.BadRequest (see google.aip.dev/193). A field is named by its path
/// in the request, such as <c>target.frequency</c>; a description completes the sentence "FIELD ...": "must be from 1 s to 1 day".
/// </summary>
public sealed class FieldViolations
{
    private readonly List<BadRequest.Types.FieldViolation> _violations = [];

    /// <summary>Whether anything is wrong.</summary>
    public bool Any => _violations.Count > 0;

    /// <summary>What is wrong, in words, one sentence a field.</summary>
    public IEnumerable<(string Field, string Description)> All => _violations.Select(v => (v.Field, v.Description));

    /// <summary>A field is wrong.</summary>
    public void Add(string field, string description)
        => _violations.Add(new BadRequest.Types.FieldViolation { Field = field, Description = description });

    /// <summary>A field is wrong unless the rule holds.</summary>
    public void Require(bool holds, string field, string description)
    {
        if (!holds)
        {
            Add(field, description);
        }
    }

    /// <summary>Forgets the violations of other fields than these.</summary>
    public void Keep(Predicate<string> fields) => _violations.RemoveAll(violation => !fields(violation.Field));

    /// <summary>Ends the call if anything is wrong.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT, with every violation.</exception>
    public void ThrowIfAny()
    {
        if (Any)
        {
            throw ToException();
        }
    }

    /// <summary>Ends the call because of one field.</summary>
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
