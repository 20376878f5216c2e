using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;

namespace Diabetes.Actors;

/// <summary>Compiled constructor calls, one a constructor for the life of the process: compiling takes long, calling must not.</summary>
internal static class ConstructorCache
{
    private static readonly ConcurrentDictionary<ConstructorInfo, Func<object?[], ActorBase>> Compiled = new();

    public static Func<object?[], ActorBase> Get(ConstructorInfo constructor) => Compiled.GetOrAdd(constructor, Compile);

    private static Func<object?[], ActorBase> Compile(ConstructorInfo constructor)
    {
        var arguments = Expression.Parameter(typeof(object?[]));
        var parameters = constructor.GetParameters().Select((parameter, i) =>
            Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(i)), parameter.ParameterType));
        return Expression.Lambda<Func<object?[], ActorBase>>(Expression.New(constructor, parameters), arguments).Compile();
    }
}
