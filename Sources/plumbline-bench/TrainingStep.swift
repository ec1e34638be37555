import Models
import NN
import SeededRandom
import Torch

/// A training step on one batch of random images, to be timed.
struct TrainingStep {
  private let network: Network
  private var optimizer: Optimizer
  private let images: Tensor
  private let labels: Tensor

  init(
    model: ModelConfiguration, shape: [Int], batchSize: Int, precision: Precision,
    on device: Device
  ) {
    let stream = SeedStream(root: 1, purpose: "bench")
    network = Network(stream: stream, on: device, precision: precision) {
      model.make(inputShape: shape, classes: 10, at: $0)
    }
    optimizer = Optimizer(
      .sgd(rate: 0.01, momentum: 0.9, weightDecay: 1e-4, nesterov: false),
      parameters: network.store.parameters)
    var generator = stream.generator()
    let count = batchSize * shape.reduce(1, *)
    images = Tensor.from(
      (0..<count).map { _ in Float(generator.normal()) }, shape: [batchSize] + shape, on: device)
    labels = Tensor.from(
      (0..<batchSize).map { _ in generator.uniform(below: 10) }, shape: [batchSize], on: device)
  }

  /// Does the step.
  mutating func callAsFunction() {
    let loss = network.logits(images, training: true).crossEntropy(targets: labels).mean()
    optimizer.step(minimising: loss, rate: 0.01)
  }
}
