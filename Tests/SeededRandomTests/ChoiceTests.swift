import SeededRandom
import Testing

@Test func categoricalFollowsItsWeightsAndNeverDrawsZero() {
  var generator = Philox(key: 31)
  let weights = [0, 1, 0, 3, 4, 0]
  var counts = [Int](repeating: 0, count: weights.count)
  let n = 80_000
  for _ in 0..<n { counts[generator.categorical(weights.map(Double.init))] += 1 }
  for (count, weight) in zip(counts, weights) {
    let p = Double(weight) / 8
    #expect(
      abs(Double(count) - p * Double(n)) <= 5 * (p * (1 - p) * Double(n)).squareRoot(),
      "weight \(weight) drawn \(count) times")
  }
}

@Test func permutationHoldsEveryNumberOnce() {
  var generator = Philox(key: 41)
  #expect(generator.permutation(0) == [])
  #expect(generator.permutation(1) == [0])
  let shuffled = generator.permutation(500)
  #expect(shuffled != Array(0..<500))
  #expect(shuffled.sorted() == Array(0..<500))
}

@Test func permutationsOfThreeAreEquallyLikely() {
  var generator = Philox(key: 43)
  var counts: [[Int]: Int] = [:]
  for _ in 0..<60_000 { counts[generator.permutation(3), default: 0] += 1 }
  #expect(counts.count == 6)
  for count in counts.values { #expect(abs(count - 10_000) < 5 * 92) }
}

@Test func sampleIsThePermutationsBeginning() {
  let stream = SeedStream(root: 1, purpose: "split")
  var long = stream.generator()
  var short = stream.generator()
  let sample = short.sample(4, outOf: 10)
  #expect(Set(sample).count == 4)
  #expect(sample == Array(long.permutation(10).prefix(4)))
}
