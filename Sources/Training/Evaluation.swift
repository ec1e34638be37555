import Datasets
import Torch

/// Labelled images that a run is measured on and never trained on.
public struct EvaluationSet {
  let bank: ImageBank
  let labels: Tensor

  /// Creates a set; the labels are in the order of the bank's images.
  public init(bank: ImageBank, labels: [Int]) {
    precondition(
      bank.count == labels.count, "expected \(bank.count) labels, found \(labels.count)")
    self.bank = bank
    self.labels = Tensor.from(labels, shape: [labels.count], on: bank.images.device)
  }

  /// The number of images.
  public var count: Int { bank.count }
}

/// Measurements of a predictor without training it.
public enum Evaluation {
  /// The number of images in an evaluation batch.
  public static let batchSize = 500

  /// The mean cross-entropy in nats and the accuracy on a set.
  public static func measure(
    _ set: EvaluationSet, by predict: (Tensor) -> Tensor
  ) -> (loss: Double, accuracy: Double) {
    withoutGradient {
      var loss: Tensor?
      var correct: Tensor?
      for start in stride(from: 0, to: set.count, by: batchSize) {
        let length = min(batchSize, set.count - start)
        let logits = predict(set.bank.batch(from: start, length: length))
        let labels = set.labels.narrow(0, from: start, length: length)
        let batchLoss = logits.crossEntropy(targets: labels).sum()
        let batchCorrect = logits.argmax(along: 1).isEqual(to: labels).sum()
        loss = loss.map { $0 + batchLoss } ?? batchLoss
        correct = correct.map { $0 + batchCorrect } ?? batchCorrect
      }
      let count = Double(set.count)
      return ((loss?.item() ?? .nan) / count, (correct?.item() ?? .nan) / count)
    }
  }

  /// The outputs for every sample of a training set, without augmentation, in the set's order.
  public static func outputs(
    _ samples: TrainingSet, of function: (Tensor) -> Tensor
  ) -> Tensor {
    withoutGradient {
      Tensor.concatenate(
        stride(from: 0, to: samples.count, by: batchSize).map { start in
          let length = min(batchSize, samples.count - start)
          let rows = samples.rowsOnDevice.narrow(0, from: start, length: length)
          return function(samples.bank.batch(rows: rows))
        })
    }
  }
}
