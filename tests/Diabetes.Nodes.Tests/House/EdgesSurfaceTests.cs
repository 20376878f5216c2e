using System.Reflection;
using Diabetes.Amqp;
using Diabetes.Ledger.Joins;
using FsCheck;

namespace Diabetes.Nodes.Tests.House;

/// <summary>The edges keep their client to themselves: who uses them never sees its types.</summary>
public sealed class EdgesSurfaceTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Theory]
    [InlineData(typeof(AmqpConnection), "RabbitMQ.Client")]
    [InlineData(typeof(IJoinStore), "Npgsql")]
    [InlineData(typeof(IJoinStore), "Microsoft.Data.Sqlite")]
    public void Edge_PublicMembers_ShowNoTypeOfTheClient(Type edge, string client)
    {
        Assert.Contains(edge.Assembly.GetReferencedAssemblies(), referenced => referenced.Name == client);
        Assert.Empty(edge.Assembly.GetExportedTypes().SelectMany(type => Foreign(type, client)));
    }

    [Theory]
    [InlineData(typeof(ShowsInMethod))]
    [InlineData(typeof(ShowsInField))]
    [InlineData(typeof(ShowsInBase))]
    [InlineData(typeof(ShowsInConstructor))]
    public void Foreign_ShownType_IsFound(Type type) => Assert.NotEmpty(Foreign(type, "FsCheck"));

    [Fact]
    public void Foreign_HiddenType_IsNone() => Assert.Empty(Foreign(typeof(Hides), "FsCheck"));

    private static IEnumerable<string> Foreign(Type type, string assembly) => Shown(type)
        .SelectMany(shown => Parts(shown.Type), (shown, part) => (shown.Member, Part: part))
        .Where(shown => shown.Part.Assembly.GetName().Name == assembly)
        .Select(shown => $"{type.Name}.{shown.Member} shows {shown.Part.Name}");

    private static IEnumerable<(string Member, Type Type)> Shown(Type type) =>
    [
        .. type.GetInterfaces().Append(type.BaseType).OfType<Type>().Select(parent => (type.Name, parent)),
        .. type.GetFields(Declared)
            .Where(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly)
            .Select(field => (field.Name, field.FieldType)),
        .. type.GetMethods(Declared)
            .Where(IsVisible)
            .SelectMany(method => method.GetParameters().Append(method.ReturnParameter), (method, p) => (method.Name, p.ParameterType)),
        .. type.GetConstructors(Declared)
            .Where(IsVisible)
            .SelectMany(made => made.GetParameters(), (made, p) => (made.Name, p.ParameterType)),
    ];

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static IEnumerable<Type> Parts(Type type) =>
        [type, .. type.HasElementType ? Parts(type.GetElementType()!) : [], .. type.GetGenericArguments().SelectMany(Parts)];

    private sealed class ShowsInMethod
    {
        public static IReadOnlyList<Gen<int>[]> Shown() => [];
    }

    private sealed class ShowsInField
    {
        public readonly Gen<int> Shown = FsCheck.Fluent.Gen.Constant(1);
    }

    private sealed class ShowsInBase : List<Gen<int>>;

    private sealed class ShowsInConstructor(Gen<int>? shown)
    {
        public override string ToString() => $"{shown}";
    }

    private sealed class Hides
    {
        internal Gen<int> Hidden => FsCheck.Fluent.Gen.Constant(Shown);

        public int Shown { get; init; }
    }
}
