import ArgumentParser
import Foundation
import Statistics

/// Compares two samples by the test of Kolmogorov and Smirnov.
struct KolmogorovSmirnovCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ks", abstract: "Compare two samples by the Kolmogorov-Smirnov test.",
    discussion: """
      Files are NPY or comma-separated text. 'greater' asks whether the first distribution function \
      lies above the second somewhere, that is, whether the first sample has smaller values; 'less' \
      the opposite.
      """)

  /// How the p-value is to be found.
  enum Method: String, CaseIterable, ExpressibleByArgument {
    case auto
    case exact
    case asymptotic
  }

  @Argument(help: "The first sample.")
  var first: String

  @Argument(help: "The second sample.")
  var second: String

  @Option(help: "The column of both files, by name or by number from 1.")
  var column: String?

  @Option(help: "The column of the second file, where it is another one.")
  var secondColumn: String?

  @Option(help: "The side of the test: two-sided, less or greater.")
  var alternative: Alternative = .twoSided

  @Option(help: "How the p-value is found: exact, asymptotic, or auto: exact up to 10,000 values.")
  var method: Method = .auto

  @Flag(help: "Print the result as JSON.")
  var json = false

  /// The fields of the result.
  private struct Result: Encodable {
    let statistic, pValue: Double
    let n1, n2: Int
    let method, alternative: String
    let location: Double

    enum CodingKeys: String, CodingKey {
      case statistic, n1, n2, method, alternative, location
      case pValue = "p_value"
    }
  }

  func run() throws {
    let one = try StatisticsInput.values(first, column: column)
    let other = try StatisticsInput.values(second, column: secondColumn ?? column)
    let test = KolmogorovSmirnov(
      one, other, alternative: alternative,
      method: KolmogorovSmirnov.Method(rawValue: method.rawValue))
    if json {
      try StatisticsOutput.json(
        Result(
          statistic: test.statistic, pValue: test.pValue, n1: test.firstCount,
          n2: test.secondCount, method: test.method.rawValue,
          alternative: test.alternative.rawValue, location: test.location))
    } else {
      try StatisticsOutput.text(
        """
        D = \(test.statistic) at \(test.location) (D+ = \(test.positiveDistance), \
        D- = \(test.negativeDistance))
        p = \(test.pValue), \(test.alternative.rawValue), \(test.method.rawValue)
        n = \(test.firstCount) and \(test.secondCount)
        """)
    }
  }
}

extension Alternative: ExpressibleByArgument {}
