namespace Diabetes.Actors;

/// <summary>Chooses a directive for a failure.</summary>
public interface IDecider
{
    Directive Decide(Exception cause);
}
