import LabelNoise
import SeededRandom
import TestSupport
import Testing

/// Made by Tests/Fixtures/scripts/noise.py with NumPy and SciPy.
private struct InstanceFixture: Decodable {
  struct Case: Decodable {
    let rate: Double
    let pixelScale: PixelScale
    let low: Double
    let high: Double
    let seed: UInt64
    let noisy: [Int]
    let expectedRate: Double

    var noise: InstanceDependentNoise {
      InstanceDependentNoise(rate: rate, pixelScale: pixelScale, truncation: low...high)
    }
  }
  let classes: Int
  let size: Int
  let pixels: [UInt8]
  let clean: [Int]
  let cases: [Case]
}

@Test func instanceLabelsEqualTheReferenceOneByOne() throws {
  let fixture = try Fixture.json("noise/instance.json", as: InstanceFixture.self)
  let pixels = ImagePixels(bytes: fixture.pixels, size: fixture.size)
  for reference in fixture.cases {
    let labels = try NoiseModel.instance(reference.noise).corrupt(
      fixture.clean, classes: fixture.classes, seed: reference.seed, pixels: pixels)
    #expect(labels.noisy == reference.noisy)
    #expect(labels.noisy != fixture.clean)
    expectClose(reference.noise.expectedRate, reference.expectedRate)
  }
}

/// Random images of a few classes.
private func images(_ count: Int, size: Int, key: UInt64) -> ImagePixels {
  var generator = Philox(key: key)
  return ImagePixels(
    bytes: (0..<count * size).map { _ in UInt8(generator.uniform(below: 256)) }, size: size)
}

@Test(arguments: [0.1, 0.3, 0.5])
func realisedRateIsTheExpectedOne(rate: Double) throws {
  let clean = (0..<8000).map { $0 % 10 }
  let noise = InstanceDependentNoise(rate: rate)
  let labels = try NoiseModel.instance(noise).corrupt(
    clean, classes: 10, seed: 11, pixels: images(8000, size: 48, key: 1))
  let realised = Double(labels.isWrong.filter { $0 }.count) / 8000
  // Five standard errors of a proportion.
  expectClose(realised, noise.expectedRate, relative: 0, absolute: 0.028)
}

@Test(arguments: [0.3, 0.5])
func flipRatesSpreadByATenth(rate: Double) throws {
  let noise = InstanceDependentNoise(rate: rate)
  let rates = try noise.flipRates(count: 20_000, seed: 3)
  let mean = rates.reduce(0, +) / 20_000
  let variance = rates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
  expectClose(mean, noise.expectedRate, relative: 0, absolute: 0.0036)
  // At 0.3 the truncation at 0 cuts 0.1 % off, which takes 0.0007 from the deviation.
  expectClose(variance.squareRoot(), 0.1, relative: 0, absolute: 0.003)
  #expect(rates.allSatisfy { $0 >= 0 && $0 <= 1 })
  #expect(try noise.flipRates(count: 5, seed: 3) == Array(rates.prefix(5)))
  #expect(try noise.flipRates(count: 5, seed: 4) != Array(rates.prefix(5)))
}

@Test func moreImagesMoveNoOtherLabel() throws {
  let many = images(600, size: 20, key: 2)
  let few = ImagePixels(bytes: Array(many.bytes.prefix(200 * 20)), size: 20)
  // In the short list most classes are absent: the projections must not depend on that.
  let clean = (0..<600).map { $0 < 200 ? 3 : $0 % 5 }
  let model = NoiseModel.instance(InstanceDependentNoise(rate: 0.4))
  let short = try model.corrupt(Array(clean.prefix(200)), classes: 5, seed: 9, pixels: few)
  let long = try model.corrupt(clean, classes: 5, seed: 9, pixels: many)
  #expect(Array(long.noisy.prefix(200)) == short.noisy)
  #expect(try model.corrupt(clean, classes: 5, seed: 10, pixels: many).noisy != long.noisy)
}

@Test func oneImageFlipsToOneTarget() throws {
  // With bytes the softmax is all but one-hot: equal images of a class share their flip target.
  let pixels = ImagePixels(bytes: (0..<500 * 64).map { UInt8($0 % 64 * 4) }, size: 64)
  let labels = try NoiseModel.instance(InstanceDependentNoise(rate: 0.4, pixelScale: .byte))
    .corrupt([Int](repeating: 2, count: 500), classes: 10, seed: 5, pixels: pixels)
  #expect(Set(labels.noisy).count == 2)
}

@Test func parametersOutsideTheirRangesAreRefused() {
  #expect(throws: NoiseError.self) {
    try InstanceDependentNoise(rate: 0.3, standardDeviation: 0).validate()
  }
  #expect(throws: NoiseError.self) {
    try InstanceDependentNoise(rate: 0.3, truncation: 0...1.5).validate()
  }
  #expect(throws: NoiseError.self) { try InstanceDependentNoise(rate: 1).validate() }
}
