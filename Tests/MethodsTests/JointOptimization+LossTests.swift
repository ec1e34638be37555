import Foundation
import TestSupport
import Testing
import Torch

@testable import Methods

extension JointOptimizationTests {
  @Test func termsByHand() {
    // p = (3/4, 1/4) and (1/2, 1/2), so p̄ = (5/8, 3/8).
    let logits = Tensor.from([Float(log(3.0)), 0, 0, 0], shape: [2, 2]).requiringGradient()
    let targets = Tensor.from([1, 0, 0.25, 0.75] as [Float], shape: [2, 2])
    let terms = JointOptimization.terms(logits: logits, targets: targets)
    let (ln2, ln3) = (log(2.0), log(3.0))
    let classification = (2 * ln2 - ln3 + ln2) / 2
    let prior = -0.5 * (log(5.0 / 8) + log(3.0 / 8))
    let entropy = (2 * ln2 - 0.75 * ln3 + ln2) / 2
    expectClose(terms.classification.detached().item(), classification, relative: 1e-6)
    expectClose(terms.prior.detached().item(), prior, relative: 1e-6)
    expectClose(terms.entropy.detached().item(), entropy, relative: 1e-6)
    terms.classification.backward()
    // (p − s) / 2 for each of two samples.
    expectClose(
      logits.gradient.array(of: Float.self), [-0.125, 0.125, 0.125, -0.125], absolute: 1e-7)
  }

  private struct Fixture: Decodable {
    struct Case: Decodable {
      var classes: Int
      var logits: [Double]
      var targets: [Double]
      var classification: Term
      var prior: Term
      var entropy: Term
    }

    struct Term: Decodable {
      var value: Double
      var gradient: [Double]
    }

    var cases: [Case]
  }

  @Test func termsAgreeWithPyTorch() throws {
    let fixture: Fixture = try TestSupport.Fixture.json("methods/joint.json")
    #expect(fixture.cases.count == 4)
    for reference in fixture.cases {
      let shape = [reference.logits.count / reference.classes, reference.classes]
      let targets = Tensor.from(reference.targets.map(Float.init), shape: shape)
      for (name, expected) in [
        ("classification", reference.classification), ("prior", reference.prior),
        ("entropy", reference.entropy),
      ] {
        let logits = Tensor.from(reference.logits.map(Float.init), shape: shape)
          .requiringGradient()
        let terms = JointOptimization.terms(logits: logits, targets: targets)
        let term =
          switch name {
          case "classification": terms.classification
          case "prior": terms.prior
          default: terms.entropy
          }
        expectClose(term.detached().item(), expected.value, relative: 1e-5, "\(name)")
        term.backward()
        expectClose(
          logits.gradient.array(of: Float.self).map(Double.init), expected.gradient,
          relative: 1e-4, absolute: 1e-6, "\(name)")
      }
    }
  }

  /// Both samples give class 1 the probability e⁻³⁰⁰, which single precision does not have.
  @Test func classThatABatchExcludesGivesAFiniteLoss() {
    let logits = Tensor.from([0, -300, 0, -300] as [Float], shape: [2, 2]).requiringGradient()
    let terms = JointOptimization.terms(
      logits: logits, targets: .from([1, 0, 1, 0] as [Float], shape: [2, 2]))
    expectClose(terms.prior.detached().item(), 150, relative: 1e-6)
    (terms.classification + terms.prior + terms.entropy).backward()
    // −π ∂log p̄₁ / ∂z₁ = −½ for the batch, so that a step raises the class.
    expectClose(
      logits.gradient.array(of: Float.self), [0.25, -0.25, 0.25, -0.25], absolute: 1e-6)
  }
}
