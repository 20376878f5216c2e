namespace Diabetes.Actors;

/// <summary>All that a system is made with. Immutable.</summary>
public sealed class ActorSystemSetup
{
    private readonly Dictionary<Type, Setup> _setups;

    private ActorSystemSetup(IEnumerable<Setup> setups)
    {
        _setups = [];
        foreach (var setup in setups)
        {
            _setups[setup.GetType()] = setup;
        }
    }

    /// <summary>Nothing: the defaults.</summary>
    public static ActorSystemSetup Empty { get; } = new([]);

    public static ActorSystemSetup Create(params Setup[] setup) => new(setup);

    /// <summary>This and one more.</summary>
    public ActorSystemSetup And(Setup setup) => new([.. _setups.Values, setup]);

    /// <summary>The part of that kind; null if there is none.</summary>
    public T? Get<T>()
        where T : Setup
        => _setups.GetValueOrDefault(typeof(T)) as T;
}
