import LabelNoise
import SeededRandom
import TestSupport
import Testing

/// Every kind that is drawn from a matrix, on 10 or 100 classes.
private let models: [(model: NoiseModel, classes: Int)] = [
  (.clean, 10), (.symmetric(rate: 0.5), 10), (.symmetricInclusive(rate: 0.5), 10),
  (.pairflip(rate: 0.45), 10), (.asymmetric(rate: 0.4), 10), (.symmetric(rate: 0.5), 100),
  (.asymmetricSuperclass(rate: 0.4), 100), (.asymmetricBlocks(rate: 0.4), 100),
  (.asymmetricNext(rate: 0.4), 100), (.annotatorLike(.aggregate), 10),
  (.annotatorLike(.random1), 10), (.annotatorLike(.random2), 10), (.annotatorLike(.random3), 10),
  (.annotatorLike(.worst), 10),
]

/// Clean labels 0, 1, ..., 9, 0, 1, ...
private func cycle(_ count: Int, classes: Int = 10) -> [Int] { (0..<count).map { $0 % classes } }

@Test(arguments: models)
func empiricalMatrixIsWithinABound(model: NoiseModel, classes: Int) throws {
  let count = 50_000
  let labels = try model.corrupt(cycle(count, classes: classes), classes: classes, seed: 1)
  let matrix = try #require(try model.transitionMatrix(classes: classes))
  let row = [Int](repeating: 0, count: classes)
  var counts = [[Int]](repeating: row, count: classes)
  for (clean, noisy) in zip(labels.clean, labels.noisy) { counts[clean][noisy] += 1 }
  let members = Double(count / classes)
  for clean in 0..<classes {
    for noisy in 0..<classes {
      let p = matrix.rows[clean][noisy]
      let expected = p * members
      // Five standard deviations; a count is a whole number, so that rare flips get half a label.
      let bound = 5 * (p * (1 - p) * members).squareRoot() + (p > 0 && p < 1 ? 0.5 : 1e-6)
      #expect(
        abs(Double(counts[clean][noisy]) - expected) <= bound,
        "\(model.identifier), \(clean) to \(noisy): \(counts[clean][noisy]), expected \(expected)")
    }
  }
}

/// The share of wrong labels to expect on balanced classes, from the definition of each kind.
private let rates: [(model: NoiseModel, classes: Int, rate: Double)] = [
  (.symmetric(rate: 0.3), 10, 0.3), (.symmetric(rate: 0.5), 100, 0.5),
  (.symmetricInclusive(rate: 0.5), 10, 0.45), (.symmetricInclusive(rate: 0.5), 100, 0.495),
  (.pairflip(rate: 0.45), 10, 0.45), (.asymmetric(rate: 0.4), 10, 0.2),
  (.asymmetricSuperclass(rate: 0.4), 100, 0.4), (.asymmetricBlocks(rate: 0.4), 100, 0.4),
  (.asymmetricNext(rate: 0.4), 100, 0.4), (.annotatorLike(.aggregate), 10, 0.0901),
  (.annotatorLike(.random1), 10, 0.1723), (.annotatorLike(.random2), 10, 0.1812),
  (.annotatorLike(.random3), 10, 0.1764), (.annotatorLike(.worst), 10, 0.4021),
]

@Test(arguments: rates)
func realisedRateIsWithinHalfAPoint(model: NoiseModel, classes: Int, rate: Double) throws {
  // Half a point is at least 4.5 standard errors of so many labels.
  let count = 200_000
  let labels = try model.corrupt(cycle(count, classes: classes), classes: classes, seed: 1)
  let realised = Double(labels.isWrong.filter { $0 }.count) / Double(count)
  expectClose(realised, rate, relative: 0, absolute: 0.005, model.identifier)
  let counts = [Int](repeating: count / classes, count: classes)
  expectClose(
    try model.expectedRate(classCounts: counts), rate, relative: 0, absolute: 0.00005)
  let audit = try NoiseAudit(labels, digest: "")
  expectClose(audit.realisedRate, realised)
  expectClose(audit.nominalRate, model.nominalRate)
  #expect(audit.convention == model.conventionDescription)
}

@Test(arguments: models.dropFirst())
func seedMattersAndDecides(model: NoiseModel, classes: Int) throws {
  let clean = cycle(2000, classes: classes)
  let first = try model.corrupt(clean, classes: classes, seed: 1)
  #expect(try model.corrupt(clean, classes: classes, seed: 1) == first)
  #expect(try model.corrupt(clean, classes: classes, seed: 2).noisy != first.noisy)
  #expect(first.clean == clean)
}

@Test(arguments: models)
func moreLabelsMoveNoOther(model: NoiseModel, classes: Int) throws {
  let few = try model.corrupt(cycle(500, classes: classes), classes: classes, seed: 1)
  let many = try model.corrupt(cycle(2000, classes: classes), classes: classes, seed: 1)
  #expect(Array(many.noisy.prefix(500)) == few.noisy)
}

@Test func symmetricNeverKeepsAFlippedLabelAndInclusiveMay() throws {
  // With the rate next to one, exclusive noise leaves hardly any label right, inclusive a tenth.
  let clean = cycle(10_000)
  let exclusive = try NoiseModel.symmetric(rate: 0.9999).corrupt(clean, classes: 10, seed: 1)
  let inclusive = try NoiseModel.symmetricInclusive(rate: 0.9999)
    .corrupt(clean, classes: 10, seed: 1)
  #expect(exclusive.isWrong.filter { !$0 }.count < 10)
  let kept = inclusive.isWrong.filter { !$0 }.count
  #expect(abs(kept - 1000) < 150)
}

@Test func wrongInputsGiveTypedErrors() {
  #expect(throws: NoiseError.rateOutOfRange(kind: "symmetric", rate: 1)) {
    try NoiseModel.symmetric(rate: 1).corrupt([0, 1], classes: 2, seed: 1)
  }
  #expect(throws: NoiseError.labelOutOfRange(index: 1, label: 3, classes: 3)) {
    try NoiseModel.symmetric(rate: 0.1).corrupt([0, 3], classes: 3, seed: 1)
  }
  #expect(
    throws: NoiseError.wrongClassCount(kind: "asymmetric", required: "the 10 CIFAR-10", found: 3)
  ) {
    try NoiseModel.asymmetric(rate: 0.1).corrupt([0, 2], classes: 3, seed: 1)
  }
  for model in [
    NoiseModel.asymmetricSuperclass(rate: 0.1), .asymmetricBlocks(rate: 0.1),
    .asymmetricNext(rate: 0.1),
  ] {
    #expect(
      throws: NoiseError.wrongClassCount(
        kind: model.kind, required: "the 100 CIFAR-100", found: 10)
    ) {
      try model.corrupt([0, 2], classes: 10, seed: 1)
    }
  }
  #expect(
    throws: NoiseError.wrongClassCount(kind: "annotator-like", required: "10", found: 100)
  ) {
    try NoiseModel.annotatorLike(.worst).corrupt([0, 2], classes: 100, seed: 1)
  }
  #expect(throws: NoiseError.pixelsMissing(kind: "instance")) {
    try NoiseModel.instance(InstanceDependentNoise(rate: 0.3)).corrupt([0], classes: 2, seed: 1)
  }
  #expect(throws: NoiseError.pixelCount(images: 1, labels: 2)) {
    try NoiseModel.instance(InstanceDependentNoise(rate: 0.3)).corrupt(
      [0, 1], classes: 2, seed: 1, pixels: ImagePixels(bytes: [1, 2], size: 2))
  }
  let message = NoiseError.rateOutOfRange(kind: "pairflip", rate: 45).description
  #expect(message == "pairflip noise: rate 45.0 is outside the allowed range 0 ≤ rate < 1")
}
