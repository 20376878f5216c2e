namespace Diabetes.Nodes.Tests.RepoShape;

/// <summary>One public type a file, and the file named after it. A protocol is the exception: its messages, sealed records, stand together.</summary>
public sealed class PublicTypesTests
{
    [Fact]
    public void Sources_EveryFile_HoldsOnePublicType() => Assert.Empty(Repo.CSharp.SelectMany(Violations));

    [Theory]
    [InlineData("A.cs", "public class A { public class B; }")]
    [InlineData("A.cs", "namespace X;\n\n[Some(\"class B\")]\npublic static partial class A<T> where T : class\n{\n}")]
    [InlineData("A{T}.cs", "public sealed class A<T>;")]
    [InlineData("A.Part.cs", "partial class A { }")]
    [InlineData("A.cs", "public delegate bool A<T>(string text, out T value);")]
    [InlineData("A.cs", "public readonly record struct A(int X);\ninternal class B;")]
    [InlineData("AMessages.cs", "public sealed record A(int X);\npublic sealed record B;\npublic readonly record struct C;\npublic enum D { E }")]
    [InlineData("Messages.cs", "internal abstract class A;\ninternal sealed class B : A;")]
    [InlineData("Program.cs", "return 0;")]
    [InlineData("GlobalUsings.cs", "global using Xunit;")]
    public void Violations_HouseRule_AreNone(string name, string code) => Assert.Empty(Violations(new SourceFile("src/P/" + name, code)));

    [Theory]
    [InlineData("A.cs", "public class A;\npublic class B;", "src/P/A.cs holds several public types: A, B")]
    [InlineData("A.cs", "public class A;\npublic delegate A B();", "src/P/A.cs holds several public types: A, B")]
    [InlineData("A.cs", "public sealed record A;\npublic record B;", "src/P/A.cs holds several public types: A, B")]
    [InlineData("B.cs", "public class A;", "src/P/B.cs is not named after A")]
    [InlineData("A.cs", "internal class A;\npublic class B;", "src/P/A.cs is not named after B")]
    [InlineData("B.cs", "internal class A;", "src/P/B.cs is not named after A")]
    [InlineData("Empty.cs", "namespace X;", "src/P/Empty.cs holds no type")]
    public void Violations_Otherwise_AreNamed(string name, string code, string violation) =>
        Assert.Equal([violation], Violations(new SourceFile("src/P/" + name, code)));

    private static IEnumerable<string> Violations(SourceFile file)
    {
        if (file.Name is "Program.cs" or "GlobalUsings.cs" or "AssemblyInfo.cs")
        {
            yield break;
        }

        var types = TypeDeclaration.In(file).DistinctBy(type => type.Name).ToArray();
        var visible = types.Where(type => type.IsPublic).ToArray();
        var named = visible.Length > 0 ? visible : types;
        if (types.Length == 0)
        {
            yield return $"{file.Path} holds no type";
        }
        else if (named is [var only] && only.Name != file.Name.Split('.', '{')[0])
        {
            yield return $"{file.Path} is not named after {only.Name}";
        }
        else if (visible.Length > 1 && !visible.All(type => type.Kind == "enum" || (type.Kind is "record" && type.IsSealed)))
        {
            yield return $"{file.Path} holds several public types: {string.Join(", ", visible.Select(type => type.Name))}";
        }
    }
}
