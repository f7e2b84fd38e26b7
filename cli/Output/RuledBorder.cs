using Spectre.Console;
using Spectre.Console.Rendering;

namespace Skypunch.Cli.Output;

/// <summary>The border of 2013: every rule is <c>+----+----+</c>, also the ones between rows.</summary>
internal sealed class RuledBorder : TableBorder
{
    public static readonly RuledBorder Instance = new();

    public override string GetPart(TableBorderPart part) => part switch
    {
        TableBorderPart.HeaderLeft or TableBorderPart.HeaderRight or TableBorderPart.HeaderSeparator => "|",
        TableBorderPart.CellLeft or TableBorderPart.CellRight or TableBorderPart.CellSeparator => "|",
        TableBorderPart.HeaderTop or TableBorderPart.HeaderBottom or TableBorderPart.RowCenter => "-",
        TableBorderPart.FooterTop or TableBorderPart.FooterBottom => "-",
        _ => "+",
    };
}
