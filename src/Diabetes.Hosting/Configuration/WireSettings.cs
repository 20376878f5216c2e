using Diabetes.Domain.Wire;

namespace Diabetes.Hosting.Configuration;

/// <summary>The <c>wire.*</c> keys, and the codec that reads messages by them.</summary>
public static class WireSettings
{
    /// <summary>The size in bytes of the largest message that is read.</summary>
    public static readonly Setting<long> MaxSize = Setting.Size("wire.max-size", 64, 16 << 20);

    /// <summary>Whether a number and a string of the same digits are the same id.</summary>
    public static readonly Setting<bool> UnifyIds = Setting.Flag("wire.unify-ids");

    /// <summary>Makes a codec.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="featureNames">The features of a row in their order; null for those of the diabetes dataset.</param>
    public static WireCodec WireCodec(this Settings settings, IReadOnlyList<string>? featureNames = null) => new(new WireOptions
    {
        FeatureNames = featureNames ?? WireOptions.DiabetesFeatures,
        MaxSize = (int)settings.Get(MaxSize),
        UnifyIds = settings.Get(UnifyIds),
    });
}
