import LabelNoise
import TestSupport
import Testing

@Test func matricesByHand() throws {
  let symmetric = try TransitionMatrix.symmetric(rate: 0.3, classes: 4)
  expectClose(symmetric.rows[1], [0.1, 0.7, 0.1, 0.1])
  let inclusive = try TransitionMatrix.symmetricInclusive(rate: 0.4, classes: 4)
  expectClose(inclusive.rows[2], [0.1, 0.1, 0.7, 0.1])
  let pairflip = try TransitionMatrix.pairflip(rate: 0.45, classes: 3)
  expectClose(pairflip.rows[0], [0.55, 0.45, 0])
  expectClose(pairflip.rows[2], [0.45, 0, 0.55])
  let asymmetric = try TransitionMatrix.asymmetricCIFAR10(rate: 0.4)
  let flips = [9: 1, 2: 0, 3: 5, 5: 3, 4: 7]
  for clean in 0..<10 {
    for noisy in 0..<10 {
      let target = flips[clean]
      let expected = clean == noisy ? (target == nil ? 1 : 0.6) : (target == noisy ? 0.4 : 0)
      expectClose(asymmetric.rows[clean][noisy], expected, "\(clean) to \(noisy)")
    }
  }
}

@Test func matricesOfCIFAR100ByHand() throws {
  // Apple is followed by mushroom in its super-class, by aquarium fish in the alphabet; worm by
  // crab in its super-class, by whale in its block, and by apple.
  let cases = [
    (try TransitionMatrix.asymmetricSuperclass(rate: 0.4), [0: 51, 51: 53, 83: 0, 99: 26]),
    (try TransitionMatrix.asymmetricBlocks(rate: 0.4), [0: 1, 3: 4, 4: 0, 5: 6, 99: 95]),
    (try TransitionMatrix.asymmetricNext(rate: 0.4), [0: 1, 4: 5, 99: 0]),
  ]
  for (matrix, targets) in cases {
    #expect(matrix.classes == 100)
    for (label, row) in matrix.rows.enumerated() {
      expectClose(row.reduce(0, +), 1, relative: 1e-12)
      expectClose(row[label], 0.6)
      #expect(row.filter { $0 > 0 }.count == 2)
      if let target = targets[label] { expectClose(row[target], 0.4, "\(label) to \(target)") }
    }
    // A cycle over all classes or within groups: each class is the target of one other.
    for column in 0..<100 { expectClose(matrix.rows.reduce(0) { $0 + $1[column] }, 1) }
    expectClose(matrix.expectedRate(classCounts: [Int](repeating: 5, count: 100)), 0.4)
  }
  let coarse = CIFAR100Superclasses.coarseOfFine
  for (label, row) in cases[0].0.rows.enumerated() {
    for other in 0..<100 where row[other] > 0 { #expect(coarse[other] == coarse[label]) }
  }
}

@Test(arguments: [2, 3, 10, 100], [0, 0.2, 0.5, 0.99])
func rowsSumToOneAndRatesAreThoseOfTheConvention(classes: Int, rate: Double) throws {
  let balanced = [Int](repeating: 7, count: classes)
  let k = Double(classes)
  let cases = [
    (try TransitionMatrix.symmetric(rate: rate, classes: classes), rate),
    (try TransitionMatrix.symmetricInclusive(rate: rate, classes: classes), rate * (k - 1) / k),
    (try TransitionMatrix.pairflip(rate: rate, classes: classes), rate),
    (TransitionMatrix.identity(classes: classes), 0),
  ]
  for (matrix, expected) in cases {
    for row in matrix.rows { expectClose(row.reduce(0, +), 1, relative: 1e-12) }
    expectClose(matrix.expectedRate(classCounts: balanced), expected, absolute: 1e-12)
  }
  let asymmetric = try TransitionMatrix.asymmetricCIFAR10(rate: rate)
  let tens = [Int](repeating: 7, count: 10)
  expectClose(asymmetric.expectedRate(classCounts: tens), rate / 2, absolute: 1e-12)
}

@Test func badMatricesAndRatesAreRefused() {
  #expect(throws: NoiseError.notStochastic(row: 1, found: "the entries sum to 0.5, not to 1")) {
    try TransitionMatrix(rows: [[1, 0], [0.5, 0]])
  }
  #expect(throws: NoiseError.notStochastic(row: 0, found: "1 entries in a matrix of 2")) {
    try TransitionMatrix(rows: [[1], [0.5, 0.5]])
  }
  #expect(throws: NoiseError.self) { try TransitionMatrix(rows: [[-1, 2], [0, 1]]) }
  for rate in [-0.1, 1, 50, .nan] {
    #expect(throws: NoiseError.self) { try TransitionMatrix.symmetric(rate: rate, classes: 10) }
  }
  #expect(throws: NoiseError.wrongClassCount(kind: "pairflip", required: "at least 2", found: 1)) {
    try TransitionMatrix.pairflip(rate: 0.1, classes: 1)
  }
}
