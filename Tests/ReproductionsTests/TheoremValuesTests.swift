import Foundation
import TestSupport
import Testing

@testable import EchoAlignPaper

/// The closed forms of the study of Theorem 3.1.
///
/// Reference values made by Tests/Fixtures/scripts/theorem.py with NumPy and SciPy.
@Suite struct TheoremValuesTests {
  private struct Case: Decodable {
    struct Condition: Decodable {
      var labels: String
      var rate: Double
      var modification: String
      var strength: Double
      var generatorNoise: Double
    }
    var condition: Condition
    var original: [String: Double]
    var modified: [String: Double]
  }

  private func comparison(_ condition: Case.Condition) throws -> TheoremComparison {
    let labels = try #require(TheoremCondition.Labels(rawValue: condition.labels))
    let modification = try #require(
      TheoremCondition.Modification(rawValue: condition.modification))
    return try #require(
      TheoremComparison(
        TheoremCondition(
          labels: labels, rate: condition.rate, modification: modification,
          strength: condition.strength, generatorNoise: condition.generatorNoise)))
  }

  private static let names: [(String, KeyPath<TheoremValues, Double> & Sendable)] = [
    ("information", \.information), ("entropy", \.entropy),
    ("conditionalEntropy", \.conditionalEntropy), ("writtenError", \.writtenError),
    ("testError", \.testError), ("provenError", \.provenError), ("unitVariance", \.unitVariance),
    ("estimatorVariance", \.estimatorVariance), ("complexity", \.complexity), ("gap", \.gap),
  ]

  @Test func valuesAgreeWithTheReference() throws {
    let cases: [Case] = try Fixture.json("theorem/conditions.json")
    #expect(cases.count == 36)
    for item in cases {
      let comparison = try comparison(item.condition)
      for (values, expected) in [
        (comparison.original, item.original), (comparison.modified, item.modified),
      ] {
        for (name, path) in Self.names {
          expectClose(
            values[keyPath: path], try #require(expected[name]), relative: 1e-8, absolute: 1e-9,
            "\(item.condition) \(name):")
        }
      }
    }
  }

  /// Independent noise at the rate with s² = 3: Ỹ = Y + ν with Var Y = 5/4 and Var ν = 15/4, by hand.
  @Test func originalFeaturesByHand() throws {
    let comparison = try #require(
      TheoremComparison(
        TheoremCondition(
          labels: .independent, rate: 0.5, modification: .along, strength: 1, generatorNoise: 0)))
    let values = comparison.original
    // Cov(X₁, Ỹ) = 1 and Var Ỹ = 5, so R² = 1/5 and the residual has variance 4.
    expectClose(values.information, -0.5 * log(0.8))
    expectClose(values.residualVariance, 4)
    // The regression on X is unbiased under independent noise: the error is that of Y itself.
    expectClose(values.testError, 0.25)
    expectClose(values.writtenError, 0.25)
    expectClose(values.unitVariance, 10.0 / 49)
    expectClose(values.estimatorVariance, 40.0 / 49)
    expectClose(values.gap, 4 + 40.0 / 49 - 4 * (1 - 1.0 / 6))
    // At a = 1, X′₁ = X₁ + (Ỹ − X₁) = Ỹ: the model reads the label off, and predicts Y by Ỹ.
    #expect(comparison.modified.information == .infinity)
    expectClose(comparison.modified.residualVariance, 0, absolute: 1e-12)
    expectClose(comparison.modified.writtenError, 3.75, relative: 1e-9)
    #expect(comparison.holds(.alignment, .asWritten))
    #expect(!comparison.holds(.error, .asWritten))
  }

  @Test func noModificationChangesNothing() throws {
    for labels in TheoremCondition.Labels.allCases {
      let comparison = try #require(
        TheoremComparison(
          TheoremCondition(
            labels: labels, rate: 0.4, modification: .along, strength: 0, generatorNoise: 0)))
      for (name, path) in Self.names {
        expectClose(
          comparison.modified[keyPath: path], comparison.original[keyPath: path],
          relative: 1e-12, absolute: 1e-12, name)
      }
      expectClose(comparison.deviation, 0, absolute: 1e-12)
      // Equal is no smaller, but it is no less information and no larger error.
      #expect(comparison.holds(.alignment, .asWritten) && comparison.holds(.error, .asWritten))
      #expect(!comparison.holds(.stability, .asWritten))
      #expect(!comparison.holds(.generalisation, .asWritten))
    }
  }

  @Test func meanNormOfOneAndManyDimensions() {
    // E|N(0, v)| = √(2 v / π); in d dimensions √2 Γ((d + 1) / 2) / Γ(d / 2).
    expectClose(Spectrum([[9]]).meanNorm, 3 * (2 / Double.pi).squareRoot(), relative: 1e-9)
    let identity = (0..<10).map { row in (0..<10).map { $0 == row ? 1.0 : 0 } }
    expectClose(
      Spectrum(identity).meanNorm, 2.0.squareRoot() * tgamma(5.5) / tgamma(5), relative: 1e-9)
    expectClose(
      Spectrum([[1, 0], [0, 0]]).meanNorm, (2 / Double.pi).squareRoot(), relative: 1e-9)
  }

  @Test func factorAndSpectrumByHand() throws {
    let matrix: [[Double]] = [[4, 2], [2, 5]]
    let factor = try #require(CholeskyFactor(matrix))
    expectClose(factor.logDeterminant, log(16))
    expectClose(factor.solve([8, 12]), [1, 2])
    expectClose(factor.inverseTrace, 9.0 / 16)
    // λ² − 9 λ + 16 = 0.
    expectClose(
      Spectrum(matrix).values, [(9 - 17.0.squareRoot()) / 2, (9 + 17.0.squareRoot()) / 2])
    #expect(CholeskyFactor([[1, 1], [1, 1]]) == nil)
    #expect(CholeskyFactor([[-1]]) == nil)
  }
}
