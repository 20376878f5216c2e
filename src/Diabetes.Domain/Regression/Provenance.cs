namespace Diabetes.Domain;

/// <summary>What a model was trained on. No time: the same data gives the same file, byte for byte.</summary>
/// <param name="Dataset">File name.</param>
/// <param name="Sha256">Of the file's bytes, in lower-case hexadecimal.</param>
/// <param name="Rows">Rows in it.</param>
public sealed record Provenance(string Dataset, string Sha256, int Rows);
