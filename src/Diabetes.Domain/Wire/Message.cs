using Diabetes.Domain.Ids;

namespace Diabetes.Domain.Wire;

/// <summary>What the walk over one message found: an id and a value, or a fault.</summary>
internal struct Message<T>
{
    public ObservationId Id;
    public T Value;
    public string? Model;
    public Fault? Fault;
}
