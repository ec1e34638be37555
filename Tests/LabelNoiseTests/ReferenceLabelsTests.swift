import LabelNoise
import TestSupport
import Testing

/// Made by Tests/Fixtures/scripts/noise_classes.py.
private struct Case: Decodable {
  let noise: String
  let classes: Int
  let seed: UInt64
  let clean: [Int]
  let noisy: [Int]
}

@Test func classDependentLabelsEqualTheReferenceOneByOne() throws {
  let cases = try Fixture.json("noise/classes.json", as: [Case].self)
  #expect(cases.count == 12)
  for reference in cases {
    let model = try NoiseModel.parse(reference.noise)
    let labels = try model.corrupt(
      reference.clean, classes: reference.classes, seed: reference.seed)
    #expect(labels.noisy == reference.noisy, "\(reference.noise)")
    #expect(labels.noisy != reference.clean)
  }
}
