import LabelNoise
import TestSupport
import Testing

/// Made by Tests/Fixtures/scripts/noise_cifar_n.py.
private struct Facts: Decodable {
  struct LabelSet: Decodable {
    let counts: [[Int]]
    let rate: Double
  }
  let sets: [String: LabelSet]
  let noisyFineRate: Double
}

@Test func countsAndRatesAreThoseOfTheLabelFile() throws {
  let facts = try Fixture.json("noise/cifar-n.json", as: Facts.self)
  #expect(Set(facts.sets.keys) == Set(CIFAR10NSet.allCases.map(\.rawValue)))
  for set in CIFAR10NSet.allCases {
    let measured = try #require(facts.sets[set.rawValue])
    #expect(set.counts == measured.counts)
    expectClose(set.rate, measured.rate, relative: 0, absolute: 0.00005)
    for row in set.counts { #expect(row.reduce(0, +) == 5000) }
  }
  expectClose(GivenLabels.noisyFine.rate, facts.noisyFineRate, relative: 0, absolute: 0.00005)
}

@Test func ratesAreThePublishedOnes() {
  #expect(CIFAR10NSet.allCases.map(\.rate) == [0.0901, 0.1723, 0.1812, 0.1764, 0.4021])
}

@Test(arguments: CIFAR10NSet.allCases)
func measuredMatrixHasTheMeasuredRate(set: CIFAR10NSet) {
  let matrix = TransitionMatrix.measured(on: set)
  for row in matrix.rows { expectClose(row.reduce(0, +), 1, relative: 1e-12) }
  let balanced = [Int](repeating: 5000, count: 10)
  expectClose(
    matrix.expectedRate(classCounts: balanced), set.rate, relative: 0, absolute: 0.00005)
}

@Test func measuredMatrixByHand() {
  let worst = TransitionMatrix.measured(on: .worst)
  // Truck to automobile and automobile to truck, the two largest confusions.
  expectClose(worst.rows[9][1], 0.282)
  expectClose(worst.rows[1][9], 0.2474)
  expectClose(worst.rows[3][3], 0.4872)
}
