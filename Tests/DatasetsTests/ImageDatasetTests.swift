import Datasets
import Foundation
import RunStore
import Testing
import TorchTestSupport

struct ImageDatasetTests {
  @Test func sizesFollowTheShape() {
    let data = ImageDataset.learnable(classes: 3, shape: [2, 10, 12], train: 7, test: 5)
    #expect(data.imageSize == 240)
    #expect(data.train.count == 7)
    #expect(data.test.count == 5)
    #expect(data.train.pixels.count == 7 * 240)
    #expect(data.train.labels == [0, 1, 2, 0, 1, 2, 0])
    #expect(data.classNames.count == 3)
  }

  /// The synthetic data set of the tests is learnable: the brightest cell is the class.
  @Test func theSyntheticClassesAreTold() {
    let data = ImageDataset.learnable(classes: 4, shape: [1, 8, 8], train: 0, test: 20)
    for index in 0..<20 {
      var sums = [Int](repeating: 0, count: 4)
      for place in 0..<64 {
        sums[place / 8 / 4 * 2 + place % 8 / 4] += Int(data.test.pixels[index * 64 + place])
      }
      #expect(sums.firstIndex(of: sums.max() ?? 0) == data.test.labels[index])
    }
  }

  @Test func theSeedOfTheSyntheticDataDecides() {
    #expect(ImageDataset.learnable(seed: 1) == ImageDataset.learnable(seed: 1))
    #expect(ImageDataset.learnable(seed: 1) != ImageDataset.learnable(seed: 2))
  }

  /// One training and one test image of one pixel, two classes.
  private func tiny(pixel: UInt8 = 7, label: Int = 1, name: String = "a") -> ImageDataset {
    ImageDataset(
      identifier: name, displayName: name, shape: [1, 1, 1], classNames: [name, "b"], mean: [0],
      standardDeviation: [1], train: ImageSet(pixels: [pixel], labels: [label]),
      test: ImageSet(pixels: [9], labels: [0]), digests: [:])
  }

  @Test func theContentDigestIsThatOfTheStatedBytes() {
    func number(_ value: UInt8) -> [UInt8] { [value, 0, 0, 0, 0, 0, 0, 0] }
    let bytes =
      number(1) + number(1) + number(1) + number(2) + number(1) + number(1) + [7] + number(1)
      + number(0) + [9]
    #expect(tiny().contentDigest == Digest.sha256(of: Data(bytes)))
  }

  @Test func theContentDigestTellsContentAndNothingElse() {
    #expect(tiny(name: "z").contentDigest == tiny().contentDigest)
    #expect(tiny(pixel: 8).contentDigest != tiny().contentDigest)
    #expect(tiny(label: 0).contentDigest != tiny().contentDigest)
    #expect(tiny().isVerified)
  }
}
