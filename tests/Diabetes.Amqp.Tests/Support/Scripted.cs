using System.Reflection;

namespace Diabetes.Amqp.Tests.Support;

/// <summary>Implements an interface: calls that the test has scripted get its answer, all others return nothing at once.</summary>
public class Scripted : DispatchProxy
{
    private Dictionary<string, Func<object?[], object?>> _answers = [];

    public static T New<T>(Dictionary<string, Func<object?[], object?>> answers)
        where T : class
    {
        var made = Create<T, Scripted>();
        ((Scripted)(object)made)._answers = answers;
        return made;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        _answers.TryGetValue(targetMethod!.Name, out var answer) ? answer(args ?? [])
        : targetMethod.ReturnType == typeof(Task) ? Task.CompletedTask
        : targetMethod.ReturnType.IsValueType && targetMethod.ReturnType != typeof(void) ? Activator.CreateInstance(targetMethod.ReturnType)
        : null;
}
