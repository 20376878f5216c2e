namespace Diabetes.Actors;

/// <summary>Makes an extension, and is the key to it.</summary>
public interface IExtensionId
{
    Type ExtensionType { get; }

    object CreateExtension(ExtendedActorSystem system);
}
