using System.Globalization;
using EightD.Reports.Folder;

namespace EightD.Bot.Publishing.Reviews;

/// <summary>The names of the branches on which reports wait to be merged: <c>8d/0003</c>, or <c>8d/t012/0003</c> of a workspace that has a folder of its own (contract, "Git").</summary>
internal static class ReviewBranch
{
    /// <summary>What all of them begin with.</summary>
    public const string Prefix = "8d/";

    /// <summary>What those of a folder begin with.</summary>
    /// <param name="own">The folder that a workspace has of its own; null: it shares the operator's.</param>
    public static string PrefixOf(string? own) => own is null ? Prefix : $"{Prefix}{own}/";

    /// <summary>The branch of a report.</summary>
    public static string Of(int number, string? own) => string.Create(CultureInfo.InvariantCulture, $"{PrefixOf(own)}{number:D4}");

    /// <summary>The number of the report on a branch; null where it is none of this folder's.</summary>
    public static int? NumberOf(string branch, string? own) =>
        Read(branch) is var (folder, number) && folder == own ? number : null;

    /// <summary>The folder and the number that a branch's name says; null for the name of any other branch.</summary>
    public static (string? Own, int Number)? Read(string branch)
    {
        if (branch.Split('/') is not ["8d", .. var folders, var last] || FileName.NumberIn($"{last}-x.md") is not { } number) return null;
        var own = folders.Length == 0 ? null : string.Join('/', folders);
        return Of(number, own) == branch ? (own, number) : null;
    }
}
