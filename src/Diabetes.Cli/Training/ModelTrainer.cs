using Diabetes.Domain.Models;
using Diabetes.Domain.Statistics;
using Diabetes.Ledger.Datasets;
using MathNet.Numerics.LinearAlgebra.Factorization;
using Matrix = MathNet.Numerics.LinearAlgebra.Matrix<double>;
using Vector = MathNet.Numerics.LinearAlgebra.Vector<double>;

namespace Diabetes.Cli.Training;

/// <summary>Trains a model on a dataset.</summary>
public static class ModelTrainer
{
    /// <summary>
    /// A pivot of the QR decomposition that is smaller than this part of the largest is rounding error: its column depends on others.
    /// </summary>
    private const double Singular = 1e-12;

    /// <summary>Fits the coefficients and measures the model on the same rows.</summary>
    /// <param name="dataset">
    /// At least two rows. For <see cref="ModelKind.Linear"/> at least one row more than features, and no feature that is a sum of others.
    /// </param>
    /// <param name="kind">How the model predicts.</param>
    /// <param name="name">The dataset's file name, written to the model file.</param>
    /// <param name="sha256">The hash of its bytes, written to the model file.</param>
    /// <exception cref="DatasetException">The rows do not determine the coefficients.</exception>
    public static TrainedModel Train(Dataset dataset, ModelKind kind, string name, string sha256)
    {
        if (dataset.Count < 2)
        {
            throw new DatasetException($"{name} has one row; a model needs at least two to be measured. Add rows.");
        }

        var (coefficients, intercept) = kind == ModelKind.Sum
            ? (Enumerable.Repeat(1.0, dataset.FeatureNames.Count).ToArray(), 0.0)
            : LeastSquares(dataset, name);
        var trainedOn = new Provenance(name, sha256, dataset.Count);
        var untested = new TrainedModel(kind, dataset.FeatureNames, coefficients, intercept, trainedOn, new(0, 0, 0));
        return untested with { Metrics = Measure(untested.ToModel(), dataset) };
    }

    /// <summary>Solves ordinary least squares by QR, since forming XᵀX would square the condition number.</summary>
    private static (double[] Coefficients, double Intercept) LeastSquares(Dataset dataset, string name)
    {
        var width = dataset.FeatureNames.Count;
        if (dataset.Count <= width)
        {
            throw new DatasetException(
                $"{name} has {dataset.Count} rows; {width} features and an intercept need at least {width + 1}. Add rows.");
        }

        var rows = Matrix.Build.Dense(dataset.Count, width + 1, (row, column) => column == 0 ? 1 : dataset.Features(row).Span[column - 1]);
        var qr = rows.QR(QRMethod.Thin);
        var pivots = qr.R.Diagonal().PointwiseAbs();
        if (pivots.Minimum() <= pivots.Maximum() * Singular)
        {
            throw new DatasetException($"{name}: a feature is constant or a sum of others, so there is no single best fit. Remove it.");
        }

        var solution = qr.Solve(Vector.Build.Dense(dataset.Targets.ToArray()));
        return (solution.SubVector(1, width).ToArray(), solution[0]);
    }

    private static ModelMetrics Measure(IModel model, Dataset dataset)
    {
        var quality = new RegressionQuality();
        for (var i = 0; i < dataset.Count; i++)
        {
            quality.Add(dataset.Targets[i], model.Predict(dataset.Features(i).Span));
        }

        return new(quality.MeanAbsoluteError, quality.RootMeanSquaredError, quality.R2);
    }
}
