using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Diabetes.Bench.Amqp;

/// <summary>A channel or connection of the client that takes every command and does nothing.</summary>
[SuppressMessage("Performance", "CA1852", Justification = "The proxy is a subclass, made at run time.")]
internal class ScriptedChannel : DispatchProxy
{
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.ReturnType == typeof(Task) ? Task.CompletedTask
        : targetMethod.ReturnType is { IsValueType: true } value && value != typeof(void) ? Activator.CreateInstance(value)
        : null;
}
