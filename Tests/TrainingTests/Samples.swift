import Datasets
import NN
import SeededRandom
import Torch
import Training

/// Made samples whose images tell them apart.
enum Samples {
  static let side = 8

  /// Random images with the labels 0, 1 and 2 in turn, of which every fourth is marked as wrong.
  static func training(count: Int, weights: [Float]? = nil) -> TrainingSet {
    TrainingSet(
      bank: bank(count: count, purpose: "train"), rows: Array(0..<count),
      identifiers: (0..<count).map { 1000 + $0 }, labels: (0..<count).map { $0 % 3 },
      isWrong: (0..<count).map { $0 % 4 == 3 }, weights: weights)
  }

  /// Random images of a split of their own.
  static func evaluation(count: Int) -> EvaluationSet {
    EvaluationSet(
      bank: bank(count: count, purpose: "held"), labels: (0..<count).map { $0 % 3 })
  }

  /// 3 x 8 x 8 images.
  static func bank(count: Int, purpose: String) -> ImageBank {
    var generator = SeedStream(root: 9, purpose: purpose).generator()
    let pixels = (0..<(count * 3 * side * side)).map { _ in
      UInt8(generator.uniform(below: 256))
    }
    return ImageBank(
      pixels: pixels, shape: [3, side, side], mean: [0.5, 0.5, 0.5],
      standardDeviation: [0.25, 0.25, 0.25], on: .cpu)
  }
}

/// A linear classifier of pixels.
struct PixelClassifier: ImageClassifier {
  private let linear: Linear

  init(at path: ParameterPath) {
    linear = Linear(inputs: 3 * Samples.side * Samples.side, outputs: 3, at: path / "linear")
  }

  func features(_ images: Tensor, training: Bool) -> Tensor {
    images.contiguous().reshape([images.shape[0], -1])
  }

  func logits(features: Tensor) -> Tensor { linear(features) }
}
