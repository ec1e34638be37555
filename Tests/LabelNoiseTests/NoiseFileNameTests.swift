import LabelNoise
import Testing

/// The name of a file of labels without drawing them is the one that the drawn labels give.
@Suite struct NoiseFileNameTests {
  @Test(arguments: [
    "clean", "symmetric:0.5", "symmetric-inclusive:0.5", "pairflip:0.45", "asymmetric:0.4",
    "instance:0.3", "annotator-like:worst",
  ])
  func isThatOfTheDraw(noise text: String) throws {
    let noise = try NoiseModel.parse(text)
    let clean = (0..<200).map { $0 % 10 }
    let pixels = ImagePixels(bytes: (0..<800).map { UInt8($0 * 7 % 256) }, size: 4)
    let labels = try noise.corrupt(
      clean, classes: 10, seed: 3, pixels: noise.needsPixels ? pixels : nil, given: nil)
    #expect(
      noise.fileName(dataset: "some-set", count: 200, seed: 3)
        == labels.fileName(dataset: "some-set"))
  }
}
