import Methods
import SeededRandom
import TestSupport
import Testing

@Suite struct EchoThresholdTests {
  private let similarities = [0.9, 0.1, 0.8, 0.4, 0.3, 0.7, 0.2, 0.6, 1.0, 0.5]

  @Test func fixedValueLooksAtNothing() {
    let threshold = EchoThreshold.fixed(0.52)
    #expect(threshold.value(for: similarities, noiseRate: 0.3) == 0.52)
    #expect(threshold.value(for: [], noiseRate: 0) == 0.52)
  }

  @Test(arguments: [(0.0, 10), (0.3, 7), (0.45, 5), (0.5, 5), (0.99, 1)])
  func noiseRateKeepsTheShareOfRightLabels(rate: Double, kept: Int) {
    let threshold = EchoThreshold.noiseRate.value(for: similarities, noiseRate: rate)
    // Both variants keep as many: one asks for S >= τ, the other for S > τ.
    #expect(similarities.count { $0 >= threshold } == kept)
    #expect(similarities.count { $0 > threshold } == kept)
  }

  @Test func mixtureParts() {
    var generator = SeedStream(root: 4, purpose: "test").generator()
    let low = (0..<200).map { _ in 0.2 + 0.05 * generator.normal() }
    let high = (0..<300).map { _ in 0.8 + 0.05 * generator.normal() }
    let threshold = EchoThreshold.mixture.value(for: low + high, noiseRate: 0.9)
    #expect(low.allSatisfy { $0 < threshold } && high.allSatisfy { $0 > threshold })
    // The noise rate is not looked at.
    #expect(EchoThreshold.mixture.value(for: low + high, noiseRate: 0.1) == threshold)
  }

  @Test func oneLumpIsKeptWhole() {
    let threshold = EchoThreshold.mixture.value(for: [0.7, 0.7, 0.7], noiseRate: 0.5)
    #expect(threshold < 0.7)
  }
}
