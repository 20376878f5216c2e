using System.Linq.Expressions;
using System.Reflection;

namespace Diabetes.Actors;

/// <summary>A constructor and its arguments, ready to be called many times.</summary>
internal sealed class ActorFactory
{
    private readonly Func<object?[], ActorBase> _construct;

    private ActorFactory(ConstructorInfo constructor, object?[] arguments)
    {
        Type = constructor.DeclaringType!;
        Arguments = arguments;
        HasTimers = Type.IsAssignableTo(typeof(IWithTimers));
        HasStash = Type.IsAssignableTo(typeof(IActorStash));
        _construct = ConstructorCache.Get(constructor);
    }

    public Type Type { get; }

    public object?[] Arguments { get; }

    public bool HasTimers { get; }

    public bool HasStash { get; }

    public static ActorFactory Of<TActor>(Expression<Func<TActor>> factory)
    {
        if (factory.Body is not NewExpression { Constructor: { } constructor } call)
        {
            throw new ArgumentException($"Props.Create takes a constructor call, () => new {typeof(TActor).Name}(..), and got: {factory}", nameof(factory));
        }

        var arguments = new object?[call.Arguments.Count];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = Evaluate(call.Arguments[i]);
        }

        return new ActorFactory(constructor, arguments);
    }

    public static ActorFactory Of(Type type, object?[] arguments)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (type.IsAbstract || !type.IsSubclassOf(typeof(ActorBase)))
        {
            throw new ArgumentException($"{type} is not a class of actors that can be created.", nameof(type));
        }

        foreach (var constructor in type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            if (Matched(constructor.GetParameters(), arguments) is { } matched)
            {
                return new ActorFactory(constructor, matched);
            }
        }

        var given = string.Join(", ", arguments.Select(argument => argument?.GetType().Name ?? "null"));
        throw new ArgumentException($"No constructor of {type} takes ({given}). Prefer Props.Create(() => new {type.Name}(..)), which the compiler checks.", nameof(arguments));
    }

    public ActorBase Create() => _construct(Arguments);

    private static object?[]? Matched(ParameterInfo[] parameters, object?[] arguments)
    {
        if (arguments.Length > parameters.Length)
        {
            return null;
        }

        var matched = new object?[parameters.Length];
        for (var i = 0; i < parameters.Length; i++)
        {
            var type = parameters[i].ParameterType;
            var fits = i < arguments.Length
                ? arguments[i] is { } argument ? type.IsInstanceOfType(argument) : !type.IsValueType || Nullable.GetUnderlyingType(type) is not null
                : parameters[i].HasDefaultValue;
            if (!fits)
            {
                return null;
            }

            matched[i] = i < arguments.Length ? arguments[i] : parameters[i].DefaultValue;
        }

        return matched;
    }

    /// <summary>Constants and captured variables, which nearly all arguments are, by reflection: compiling an expression takes a thousand times as long.</summary>
    private static object? Evaluate(Expression expression) => expression switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field } member when member.Expression is null or ConstantExpression or MemberExpression
            => field.GetValue(member.Expression is null ? null : Evaluate(member.Expression)),
        _ => Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)(),
    };
}
