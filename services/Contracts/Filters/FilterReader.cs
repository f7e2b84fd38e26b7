namespace Skypunch.Contracts.Filters;

/// <summary>Reads an expression: comparisons, joined by AND or OR, after NOT, in brackets.</summary>
/// <param name="cursor">The expression.</param>
/// <param name="refused">The fields that make no sense here, each with the reason; null: none.</param>
internal sealed class FilterReader(FilterCursor cursor, IReadOnlyDictionary<string, string>? refused)
{
    private readonly string _names = FilterFields.NamesWithout(refused);

    private int _comparisons;

    /// <summary>Reads all of it; null: the cursor says what is wrong.</summary>
    public Filter? Read()
    {
        var filter = ReadChain(depth: 0);
        return filter is null || cursor.IsAtEnd ? filter : cursor.Refuse(cursor.At, "AND or OR is missing; a value with blanks stands in quotes");
    }

    // AND goes before OR in most languages, and after it in Google's AIP-160: whoever writes both says what is meant.
    private Filter? ReadChain(int depth)
    {
        var parts = new List<Filter>();
        string? joined = null;
        while (ReadPart(depth) is { } part)
        {
            parts.Add(part);
            var at = cursor.At;
            if (cursor.TakeWord("AND", "OR") is not { } word)
            {
                return parts is [var only] ? only : joined is "AND" ? new AllOf(parts) : new AnyOf(parts);
            }

            if (joined is not null && joined != word)
            {
                return cursor.Refuse(at, $"{word} comes after {joined}, which can be meant in two ways; put brackets around what belongs together");
            }

            joined = word;
        }

        return null;
    }

    private Filter? ReadPart(int depth)
    {
        var at = cursor.At;
        if (depth > FilterText.Deepest)
        {
            return cursor.Refuse(at, $"brackets and NOT are nested more than {FilterText.Deepest} deep");
        }

        if (cursor.TakeWord("NOT") is not null)
        {
            return ReadPart(depth + 1) is { } part ? new Negated(part) : null;
        }

        if (!cursor.Take('('))
        {
            return ReadComparison();
        }

        return ReadChain(depth + 1) is not { } inner ? null
            : cursor.Take(')') ? inner
            : cursor.IsAtEnd ? cursor.Refuse(at, "the bracket that begins here has no end")
            : cursor.Refuse(cursor.At, "AND, OR or ')' is missing; a value with blanks stands in quotes");
    }

    private Filter? ReadComparison()
    {
        var at = cursor.At;
        var name = cursor.Field();
        if (name.Length == 0 || name is "and" or "or")
        {
            return cursor.Refuse(at, $"a comparison is missing, such as name : shop; the field names are {_names}");
        }

        if (++_comparisons > FilterText.MostComparisons)
        {
            return cursor.Refuse(at, $"there are more than {FilterText.MostComparisons} comparisons");
        }

        if (FilterFields.Find(name) is not { } field)
        {
            return cursor.Refuse(at, $"'{name}' is no field; the field names are {_names}");
        }

        if (refused?.GetValueOrDefault(field.Name) is { } reason)
        {
            return cursor.Refuse(at, reason);
        }

        var signAt = cursor.At;
        var sign = cursor.Sign() switch { "==" => "=", "<>" => "!=", var other => other };
        if (!field.Signs.Contains(sign))
        {
            return cursor.Refuse(signAt, $"{field.Name} takes {string.Join(", ", field.Signs[..^1])}{(field.Signs.Length > 1 ? " or " : "")}{field.Signs[^1]}");
        }

        return cursor.Value() is { } value ? Compare(field, new FilterComparison(cursor, name, at, sign, value)) : null;
    }

    private static Filter? Compare(FilterField field, FilterComparison given)
    {
        if (given.Sign is "=" or "!=" && !given.Value.IsQuoted && given.Value.Text.Contains('*', StringComparison.Ordinal))
        {
            return given.RefuseValue($"'*' stands for no other characters; '{field.Name} : TEXT' finds a part, and in quotes '*' is a character");
        }

        return field.Read(given) is { } filter ? given.Sign is "!=" && filter is not NumberIs ? new Negated(filter) : filter : null;
    }
}
