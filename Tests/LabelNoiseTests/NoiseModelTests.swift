import LabelNoise
import SeededRandom
import Testing

private let models: [NoiseModel] = [
  .clean, .symmetric(rate: 0.5), .symmetricInclusive(rate: 0.5), .pairflip(rate: 0.45),
  .asymmetric(rate: 0.4),
]

/// Clean labels 0, 1, ..., 9, 0, 1, ...
private func cycle(_ count: Int) -> [Int] { (0..<count).map { $0 % 10 } }

@Test(arguments: models)
func empiricalMatrixIsWithinABound(model: NoiseModel) throws {
  let count = 50_000
  let labels = try model.corrupt(cycle(count), classes: 10, seed: 1)
  let matrix = try #require(try model.transitionMatrix(classes: 10))
  var counts = [[Int]](repeating: [Int](repeating: 0, count: 10), count: 10)
  for (clean, noisy) in zip(labels.clean, labels.noisy) { counts[clean][noisy] += 1 }
  for clean in 0..<10 {
    for noisy in 0..<10 {
      let p = matrix.rows[clean][noisy]
      let expected = p * 5000
      let bound = 5 * (p * (1 - p) * 5000).squareRoot()
      #expect(
        abs(Double(counts[clean][noisy]) - expected) <= bound + 1e-6,
        "\(clean) to \(noisy): \(counts[clean][noisy]), expected \(expected)")
    }
  }
}

@Test(arguments: models.dropFirst())
func seedMattersAndDecides(model: NoiseModel) throws {
  let clean = cycle(2000)
  let first = try model.corrupt(clean, classes: 10, seed: 1)
  #expect(try model.corrupt(clean, classes: 10, seed: 1) == first)
  #expect(try model.corrupt(clean, classes: 10, seed: 2).noisy != first.noisy)
  #expect(first.clean == clean)
}

@Test(arguments: models)
func moreLabelsMoveNoOther(model: NoiseModel) throws {
  let few = try model.corrupt(cycle(500), classes: 10, seed: 1)
  let many = try model.corrupt(cycle(2000), classes: 10, seed: 1)
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
