import NN
import SeededRandom
import TestSupport
import Testing
import Torch
import TorchTestSupport

struct InitialiserTests {
  private func values(
    _ initial: Initialiser, count: Int, seed: UInt64 = 1, name: String = "w"
  ) -> [Float] {
    let store = ParameterStore(stream: SeedStream(root: seed, purpose: "initial"), on: .cpu)
    return store.root.parameter(name, shape: [count], initial: initial).array()
  }

  @Test func uniformFillsItsBounds() {
    let initial = Initialiser.defaultUniform(fanIn: 16)
    #expect(initial == .uniform(bound: 0.25))
    let drawn = values(initial, count: 10_000)
    #expect(drawn.allSatisfy { abs($0) <= 0.25 })
    #expect((drawn.max() ?? 0) > 0.249)
    #expect((drawn.min() ?? 0) < -0.249)
    let mean = drawn.map(Double.init).reduce(0, +) / 10_000
    // The standard deviation of the mean is 0.25 / sqrt(3 · 10,000).
    #expect(abs(mean) < 5 * 0.25 / 30_000.squareRoot())
  }

  @Test func normalHasItsDeviation() {
    let drawn = values(.normal(standardDeviation: 0.1), count: 10_000).map(Double.init)
    let mean = drawn.reduce(0, +) / 10_000
    let variance = drawn.reduce(0) { $0 + $1 * $1 } / 10_000
    #expect(abs(mean) < 5 * 0.1 / 100)
    // The variance of the sample variance is 2 s⁴ / n.
    #expect(abs(variance - 0.01) < 5 * 0.01 * (2.0 / 10_000).squareRoot())
  }

  @Test func constantIsConstant() {
    #expect(values(.constant(1.5), count: 3) == [1.5, 1.5, 1.5])
  }

  @Test func theSeedDecides() {
    let initial = Initialiser.uniform(bound: 1)
    #expect(values(initial, count: 50) == values(initial, count: 50))
    #expect(values(initial, count: 50) != values(initial, count: 50, seed: 2))
  }

  @Test func tensorsOfOneStoreDiffer() {
    let store = ParameterStore(stream: SeedStream(root: 1, purpose: "initial"), on: .cpu)
    let first = store.root.parameter("a", shape: [20], initial: .uniform(bound: 1))
    let second = store.root.parameter("b", shape: [20], initial: .uniform(bound: 1))
    #expect(first.bytes() != second.bytes())
  }
}
