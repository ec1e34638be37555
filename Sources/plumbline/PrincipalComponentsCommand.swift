import ArgumentParser
import Features
import Foundation
import RunStore

/// Projects features on their principal components.
struct PrincipalComponentsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pca", abstract: "Project features on their directions of largest variance.")

  @Argument(help: "Features: an NPY file of n x d numbers, or a table of comma-separated ones.")
  var features: String

  @Option(help: "How many components.")
  var components = 50

  @Option(help: "Where the projected features go: an NPY file of float32, n x components.")
  var output: String

  @Option(help: "Where the components go: an NPY file of float32, components x d.")
  var axes: String?

  @Flag(help: "Bring every column to mean 0 and variance 1 beforehand.")
  var standardise = false

  @OptionGroup var options: FeatureOptions

  func validate() throws {
    if axes == output {
      throw ValidationError("--output and --axes name the same file, \(output)")
    }
  }

  func run() throws {
    var features = try options.features(self.features)
    guard features.rows > 1 else {
      throw StatisticsInputError.badData(self.features, "expected at least two rows, found one")
    }
    try require("--components", components, in: 1...min(features.rows, features.columns))
    if standardise { features = features.standardised() }
    let found = PrincipalComponents(
      of: features, count: components, seed: options.seed, threads: options.threadCount)
    let projected = found.project(features)
    try StatisticsOutput.npy(
      projected.values, shape: [projected.rows, projected.columns], to: output)
    if let axes {
      try StatisticsOutput.npy(
        found.components.values, shape: [components, features.columns], to: axes)
    }
    let ratios = found.explainedVarianceRatio
    if options.json {
      try StatisticsOutput.json(
        PrincipalComponentsRecord(
          components: components, n: features.rows, columns: features.columns,
          solver: found.solver.rawValue, explainedVariance: found.explainedVariance,
          explainedVarianceRatio: ratios, totalVariance: found.totalVariance))
    } else {
      try StatisticsOutput.text(
        String(
          format: "%d components of %d x %d: %.2f %% of the variance", components, features.rows,
          features.columns, 100 * ratios.reduce(0, +)))
    }
  }
}

/// A decomposition as the command prints it.
private struct PrincipalComponentsRecord: Encodable {
  let components, n, columns: Int
  let solver: String
  let explainedVariance, explainedVarianceRatio: [Double]
  let totalVariance: Double

  enum CodingKeys: String, CodingKey {
    case components, n, columns, solver
    case explainedVariance = "explained_variance"
    case explainedVarianceRatio = "explained_variance_ratio"
    case totalVariance = "total_variance"
  }
}
