import Datasets
import Foundation
import TestSupport
import Testing
import Torch
import TorchTestSupport
import Training

@Suite struct EvaluationTests {
  /// Black and white pixels, so that a predictor can read the label off the image.
  private func set(count: Int, labels: [Int]) -> EvaluationSet {
    EvaluationSet(
      bank: ImageBank(
        pixels: (0..<count).map { UInt8(255 * ($0 % 2)) }, shape: [1, 1, 1], mean: [0],
        standardDeviation: [1], on: .cpu), labels: labels)
  }

  /// Logits (0, 2) for white and (0, 0) for black.
  private func predict(_ images: Tensor) -> Tensor {
    let white = images.reshape([-1, 1])
    return Tensor.concatenate([white * 0, white * 2], along: 1)
  }

  @Test func lossAndAccuracyByHand() {
    // Black has the loss log 2 and is predicted as class 0; white has log(1 + e^∓2).
    let found = Evaluation.measure(set(count: 4, labels: [0, 1, 1, 0]), by: predict)
    let expected = (2 * log(2.0) + log(1 + exp(-2.0)) + log(1 + exp(2.0))) / 4
    expectClose(found.loss, expected, relative: 1e-6)
    expectClose(found.accuracy, 0.5)
  }

  @Test func incompleteLastBatchCountsBySamples() {
    let count = 2 * Evaluation.batchSize + 3
    let labels = (0..<count).map { $0 % 2 }
    var sizes: [Int] = []
    let found = Evaluation.measure(set(count: count, labels: labels)) { images in
      sizes.append(images.shape[0])
      return predict(images)
    }
    #expect(sizes == [Evaluation.batchSize, Evaluation.batchSize, 3])
    #expect(found.accuracy == 1)
    let whites = Double(count / 2)
    expectClose(
      found.loss,
      (whites * log(1 + exp(-2.0)) + (Double(count) - whites) * log(2.0)) / Double(count),
      relative: 1e-5)
  }

  @Test func outputsAreInTheOrderOfTheSamplesAndUnaugmented() {
    let samples = Samples.training(count: 9).subset([4, 8, 0])
    let outputs = Evaluation.outputs(samples) { $0.reshape([$0.shape[0], -1]) }
    let bank = samples.bank
    let expected = [4, 8, 0].flatMap { bank.batch(from: $0, length: 1).array(of: Float.self) }
    #expect(outputs.array(of: Float.self) == expected)
  }

  @Test func nothingIsRecordedForGradients() {
    let scale = Tensor.from([Float(1)], shape: [1]).requiringGradient()
    expectNoTensorLeak {
      _ = Evaluation.measure(set(count: 4, labels: [0, 1, 1, 0])) { predict($0) * scale }
    }
    #expect(!scale.gradient.isDefined)
  }
}
