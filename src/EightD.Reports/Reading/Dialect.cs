namespace EightD.Reports.Reading;

/// <summary>The two ways in which title, header and links are written (8D format, the table of dialects).</summary>
public enum Dialect
{
    /// <summary><c># 0003: Title</c>, <c>**Date:** …</c>, <c>[0001: T](./0001-t.md)</c>.</summary>
    Padded,

    /// <summary><c># 3: Title</c>, <c>- **Date:** …</c>, <c>[1: T](./0001-t.md)</c>, as <c>8d-tools</c> 1.0.2 writes.</summary>
    Plain,
}
