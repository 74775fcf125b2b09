using System.Globalization;
using System.Resources;

namespace EightD.Incidents;

/// <summary>Every sentence that a person reads stands in <c>Texts.resx</c>, so that another language is another file.</summary>
internal static class Texts
{
    private static readonly ResourceManager Resources = new("EightD.Incidents.Texts", typeof(Texts).Assembly);

    /// <summary>The sentence with this name.</summary>
    internal static string Get(string name) =>
        Resources.GetString(name, CultureInfo.InvariantCulture) ?? throw new MissingManifestResourceException($"Texts.resx has no {name}.");

    /// <summary>The sentence with this name, its <c>{0}</c>, <c>{1}</c> filled.</summary>
    internal static string Get(string name, params object?[] values) => string.Format(CultureInfo.InvariantCulture, Get(name), values);
}
