import Reporting
import TestSupport
import Testing

@testable import EchoAlignPaper

/// What the study of Theorem 3.1 says, and the drawn samples that check it.
@Suite struct TheoremStudyTests {
  private static let study = TheoremStudy()

  @Test func everyConditionIsCompared() {
    let kinds =
      TheoremCondition.Labels.allCases.count * TheoremCondition.Modification.allCases.count
    #expect(TheoremCondition.all.count == kinds * 4 * 10 * 9)
    #expect(Set(TheoremCondition.all).count == TheoremCondition.all.count)
    #expect(Self.study.comparisons.count == TheoremCondition.all.count)
    #expect(Self.study.premised.count == 3 * 3 * 10 * 9)
  }

  /// (X′ᵀX′)⁻¹ < (XᵀX)⁻¹ makes the trace of the covariance larger, and with it the Rademacher complexity.
  @Test func proofsOfStabilityAndGeneralisationExcludeEachOther() {
    for comparison in Self.study.comparisons {
      #expect(
        !(TheoremProofStep.largerSpread.isRight(comparison)
          && TheoremProofStep.smallerSpread.isRight(comparison)))
    }
    #expect(TheoremStudy.share(Self.study.comparisons) { $0.holdsAll(.asWritten) } == 0)
  }

  /// At the optimum E(Y − β'X)² + E(β'X)² = E Y², so a smaller signal is a larger error.
  @Test func aSmallerSignalIsALargerError() {
    for comparison in Self.study.comparisons {
      for values in [comparison.original, comparison.modified] {
        expectClose(
          values.provenError + values.provenSignal, 1 + TheoremCondition.errorVariance,
          relative: 1e-9)
      }
    }
  }

  @Test func deterministicTransformationsKeepTheInformation() {
    for comparison in Self.study.comparisons where comparison.condition.generatorNoise == 0 {
      #expect(comparison.holds(.alignment, .asWritten), "\(comparison.condition)")
    }
    #expect(
      Self.study.comparisons.contains {
        $0.condition.generatorNoise > 0 && !$0.holds(.alignment, .asWritten)
      })
  }

  @Test func drawnSamplesAgreeWithTheClosedForms() throws {
    for condition in TheoremSimulation.conditions {
      let comparison = try #require(TheoremComparison(condition))
      let drawn = TheoremSimulation(comparison, seed: 11, repeats: 400)
      for (fit, values) in [
        (drawn.original, comparison.original), (drawn.modified, comparison.modified),
      ] {
        // The variance's own spread over 400 fits of ten coefficients is some three per cent.
        expectClose(fit.estimatorVariance, values.estimatorVariance, relative: 0.12)
        expectClose(fit.gap, values.gap, relative: 0.1, absolute: 0.05)
      }
    }
  }

  @Test func seedsMatterAndRepeat() throws {
    let comparison = try #require(TheoremComparison(TheoremSimulation.conditions[0]))
    let one = TheoremSimulation(comparison, seed: 1, repeats: 5)
    #expect(
      one.original.gap == TheoremSimulation(comparison, seed: 1, repeats: 5).original.gap)
    #expect(
      one.original.gap != TheoremSimulation(comparison, seed: 2, repeats: 5).original.gap)
  }
}
