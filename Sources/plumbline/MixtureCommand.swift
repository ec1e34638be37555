import ArgumentParser
import Foundation
import Statistics

/// Fits a mixture of distributions to numbers.
struct MixtureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gmm", abstract: "Fit a mixture of normal or beta distributions by EM.",
    discussion: """
      The file is NPY or comma-separated text. Components come in ascending order of their means. A \
      beta mixture has two components and needs values in 0 to 1; those at the ends are moved by \
      0.0001.
      """)

  /// The distribution of one component.
  enum Distribution: String, CaseIterable, ExpressibleByArgument {
    case gaussian
    case beta
  }

  /// Where the fit begins.
  enum Start: String, CaseIterable, ExpressibleByArgument {
    case quantiles
    case kMeans = "k-means++"
  }

  @Argument(help: "The values.")
  var values: String

  @Option(help: "The column, by name or by number from 1.")
  var column: String?

  @Option(help: "The number of components.")
  var components = 2

  @Option(help: "The distribution of a component: gaussian or beta.")
  var distribution: Distribution = .gaussian

  @Option(help: "Where the fit begins: quantiles, or groups by k-means from k-means++ seeds.")
  var start: Start = .kMeans

  @Option(help: "The seed of k-means++.")
  var seed: UInt64 = 0

  @Option(help: "Where each value's probabilities of belonging go: an NPY file, n x components.")
  var responsibilities: String?

  @Flag(help: "Print the result as JSON.")
  var json = false

  /// The fields of the result; parameters of beta components only where there are such.
  private struct Result: Encodable {
    let weights, means, variances: [Double]
    var alphas, betas: [Double]?
    let logLikelihood: Double
    let iterations: Int
    let converged: Bool
    let n: Int

    enum CodingKeys: String, CodingKey {
      case weights, means, variances, alphas, betas, iterations, converged, n
      case logLikelihood = "log_likelihood"
    }
  }

  func validate() throws {
    guard components >= 1 else {
      throw ValidationError("--components: expected 1 or more, found \(components)")
    }
    guard distribution == .gaussian || components == 2 else {
      throw ValidationError("--components: a beta mixture has 2, found \(components)")
    }
  }

  func run() throws {
    let numbers = try StatisticsInput.finiteValues(values, column: column)
    let begin: MixtureStart = start == .quantiles ? .quantiles : .kMeans(seed: seed)
    let (result, shares) =
      distribution == .gaussian ? try gaussian(numbers, begin) : try beta(numbers, begin)
    if let responsibilities {
      try StatisticsOutput.npy(
        numbers.flatMap(shares), shape: [numbers.count, components], to: responsibilities)
    }
    if json { return try StatisticsOutput.json(result) }
    var lines = result.weights.indices.map { index in
      let parameters = result.alphas.flatMap { alphas in
        result.betas.map { ", alpha \(alphas[index]), beta \($0[index])" }
      }
      return "component \(index + 1): weight \(result.weights[index]), "
        + "mean \(result.means[index]), variance \(result.variances[index])\(parameters ?? "")"
    }
    lines.append("log-likelihood \(result.logLikelihood) of \(result.n) values")
    lines.append(
      "\(result.iterations) iterations, \(result.converged ? "converged" : "not converged")")
    try StatisticsOutput.text(lines.joined(separator: "\n"))
  }

  private func gaussian(
    _ numbers: [Double], _ begin: MixtureStart
  ) throws -> (Result, (Double) -> [Double]) {
    guard let fit = NormalMixture(fitting: numbers, components: components, start: begin) else {
      throw StatisticsInputError.badData(
        values,
        "expected at least \(max(2, components)) different values for \(components) "
          + "components, found fewer")
    }
    let result = Result(
      weights: fit.components.map(\.weight), means: fit.components.map(\.mean),
      variances: fit.components.map { $0.standardDeviation * $0.standardDeviation },
      logLikelihood: fit.logLikelihood, iterations: fit.iterations, converged: fit.converged,
      n: numbers.count)
    return (result, fit.responsibilities)
  }

  private func beta(
    _ numbers: [Double], _ begin: MixtureStart
  ) throws -> (Result, (Double) -> [Double]) {
    if let place = numbers.firstIndex(where: { $0 < 0 || $0 > 1 }) {
      throw StatisticsInputError.badData(
        values, "value \(place + 1) is \(numbers[place]); a beta mixture needs values in 0 to 1")
    }
    let margin = 1e-4
    guard let fit = BetaMixture(fitting: numbers, start: begin, margin: margin) else {
      throw StatisticsInputError.badData(values, "expected at least 2 different values")
    }
    let parts = [fit.lower, fit.upper]
    let result = Result(
      weights: parts.map(\.weight), means: parts.map(\.mean), variances: parts.map(\.variance),
      alphas: parts.map(\.alpha), betas: parts.map(\.beta), logLikelihood: fit.logLikelihood,
      iterations: fit.iterations, converged: fit.converged, n: numbers.count)
    return (
      result,
      { value in
        let upper = fit.upperResponsibility(min(max(value, margin), 1 - margin))
        return [1 - upper, upper]
      }
    )
  }
}
