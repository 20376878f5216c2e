using Microsoft.Extensions.Configuration;

namespace Diabetes.Hosting.Hocon;

/// <summary>A document, one layer over the other, as configuration.</summary>
/// <param name="layers">Earliest first. They are used up.</param>
/// <param name="environment">Asked for substitutions that the document does not answer.</param>
internal sealed class HoconConfigurationSource(IReadOnlyList<HoconObject> layers, Func<string, string?> environment) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new HoconConfigurationProvider(layers, environment);
}
