using Diabetes.Domain.Ids;

namespace Diabetes.Domain.Wire;

/// <summary>Holds what was found in one message: an id and a value, or an error.</summary>
internal struct Message<T>
{
    public ObservationId Id;
    public T Value;
    public string? Model;
    public Fault? Fault;
}
