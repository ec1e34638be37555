import Datasets
import Foundation
import Testing
import Torch
import TorchTestSupport

struct ImageBankTests {
  /// Three images of 2 channels, 1 x 2.
  private let bank = ImageBank(
    pixels: [0, 255, 51, 102, 1, 2, 3, 4, 255, 0, 204, 153], shape: [2, 1, 2], mean: [0.5, 0.2],
    standardDeviation: [0.5, 0.1], on: .cpu)

  @Test func batchesAreNormalisedByChannel() {
    #expect(bank.count == 3)
    #expect(bank.images.type == .uint8)
    let batch = bank.batch(rows: .from([2, 0], shape: [2]))
    #expect(batch.type == .float32)
    // (x / 255 - mean) / deviation.
    expectTensor(batch, [1, -1, 6, 4, -1, 1, 0, 2], shape: [2, 2, 1, 2], absolute: 1e-5)
  }

  @Test func consecutiveRowsAreTheSameAsPickedOnes() {
    expectIdentical(
      bank.batch(from: 1, length: 2), bank.batch(rows: .from([1, 2], shape: [2])))
  }

  @Test func replacedImagesKeepTheNormalisation() {
    let other = bank.replacing(images: .full(255, shape: [1, 2, 1, 1], type: .uint8))
    #expect(other.count == 1)
    expectTensor(other.batch(from: 0, length: 1), [1, 8], shape: [1, 2, 1, 1], absolute: 1e-5)
  }

  @Test func theTrainingPartOfADataSetHasItsMoments() {
    let data = ImageDataset.learnable()
    let bank = ImageBank(
      pixels: data.train.pixels, shape: data.shape, mean: data.mean,
      standardDeviation: data.standardDeviation, on: .cpu)
    let values = data.train.pixels.prefix(data.imageSize).map { (Double($0) / 255 - 0.3) / 0.25 }
    expectTensor(bank.batch(from: 0, length: 1), values, shape: [1, 1, 12, 12], absolute: 1e-5)
  }

  @Test func imagesOfAnotherKindStopTheProgram() async {
    await #expect(processExitsWith: .failure) {
      _ = ImageBank(images: .zeros([1, 1, 2, 2]), mean: [0], standardDeviation: [1])
    }
    await #expect(processExitsWith: .failure) {
      _ = ImageBank(
        images: .zeros([1, 3, 2, 2], type: .uint8), mean: [0], standardDeviation: [1])
    }
  }

  @Test func batchesLeaveNoTensor() {
    expectNoTensorLeak {
      let data = ImageDataset.learnable(train: 4, test: 4)
      let bank = ImageBank(
        pixels: data.train.pixels, shape: data.shape, mean: data.mean,
        standardDeviation: data.standardDeviation, on: .cpu)
      _ = bank.batch(rows: .from([1, 3], shape: [2]))
    }
  }
}
