import SeededRandom
import Testing

@Test func streamPositionGivesTheSameSequenceWhateverWasDrawn() {
  let stream = SeedStream(root: 3, purpose: "noise")
  var first = stream.generator(2, 5)
  let expected = (0..<5).map { _ in first.next() }
  var other = stream.generator(2, 4)
  for _ in 0..<100 { _ = other.next() }
  var second = stream.generator(2, 5)
  #expect((0..<5).map { _ in second.next() } == expected)
}

@Test func streamsDifferByRootPurposeAndPosition() {
  var seen = Set<UInt64>()
  var expected = 0
  for root in [UInt64(0), 1, 2, 114_514] {
    for purpose in ["", "noise", "split", "order", "noise/test", "eison"] {
      for a in UInt64(0)..<10 {
        for b in UInt64(0)..<10 {
          var generator = SeedStream(root: root, purpose: purpose).generator(a, b)
          seen.insert(generator.next())
          expected += 1
        }
      }
    }
  }
  #expect(seen.count == expected)
}

@Test func substreamIsTheStreamOfTheJoinedPurpose() {
  let parent = SeedStream(root: 9, purpose: "noise")
  #expect(parent.substream("test") == SeedStream(root: 9, purpose: "noise/test"))
  #expect(parent.substream("test") != parent)
}

/// The keys are part of every stored run: a change of the hash must be seen.
///
/// Values from a few lines of Python.
@Test func streamKeysStayAsTheyAre() {
  #expect(SeedStream(root: 0, purpose: "").key == 6_566_800_829_925_814_604)
  #expect(SeedStream(root: 1, purpose: "noise").key == 3_319_093_558_925_792_486)
}

@Test func neighbouringPositionsAreUncorrelated() {
  let stream = SeedStream(root: 1, purpose: "correlation")
  let n = 20_000
  var sum = 0.0
  for index in 0..<UInt64(n) {
    var left = stream.generator(index)
    var right = stream.generator(index + 1)
    sum += (left.uniform() - 0.5) * (right.uniform() - 0.5) * 12
  }
  // The mean of n products has standard deviation 1 / sqrt(n).
  #expect(abs(sum / Double(n)) < 5 / Double(n).squareRoot())
}
