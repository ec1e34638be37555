import Generative
import Models
import NN
import SeededRandom
import Torch
import Training

/// A short measurement of how fast this machine does each kind of work of a profile, for forecasts.
public struct RateMeasurement {
  private let profile: Profile
  private let device: Device
  private static let shape = [1, 28, 28]
  private static let classes = 10
  private static let steps = 8

  /// Prepares a measurement of a profile on a device.
  public init(profile: Profile, device: Device) {
    self.profile = profile
    self.device = device
  }

  /// The seconds of each kind of work per image; takes some seconds itself.
  public func rates() -> JobCost.Rates {
    JobCost.Rates(
      training: training(profile.model, profile.trainingProtocol),
      generatorTraining: generatorTraining(),
      generation: generation(),
      extractorTraining: training(
        profile.outside.extractor.model, profile.outside.extractor.trainingProtocol))
  }

  /// Seconds an image of a body that handles `images` images each time, after one call to warm up.
  private func measure(images: Int, times: Int = Self.steps, _ body: () -> Void) -> Double {
    body()
    device.synchronize()
    let start = ContinuousClock.now
    for _ in 0..<times { body() }
    device.synchronize()
    return (ContinuousClock.now - start) / .seconds(1) / Double(times * images)
  }

  private func training(
    _ model: ModelConfiguration, _ trainingProtocol: TrainingProtocol
  ) -> Double {
    let network = Network(
      stream: SeedStream(root: 0, purpose: "rates"), on: device, precision: .float32
    ) { model.make(inputShape: Self.shape, classes: Self.classes, at: $0) }
    let learner = Learner(
      network, optimizer: trainingProtocol.optimizer, schedule: trainingProtocol.schedule)
    let size = trainingProtocol.batchSize
    let images = Tensor.full(0.5, shape: [size] + Self.shape, on: device)
    let labels = Tensor.zeros([size], type: .int64, on: device)
    let position = EpochPosition(stage: 0, epoch: 0, epochs: 1, overall: 0)
    return measure(images: size) {
      let loss = network.logits(images, training: true).crossEntropy(targets: labels).mean()
      learner.step(minimising: loss, at: position)
    }
  }

  private func generatorTraining() -> Double {
    var configuration = profile.outside.generator.configuration
    let size = configuration.denoiser.batchSize
    configuration.denoiser.epochs = 1
    configuration.control.epochs = 0
    let count = size * Self.steps
    let model = EchoModModel(
      configuration, classes: Self.classes, stream: SeedStream(root: 0, purpose: "rates"),
      on: device)
    let trainer = EchoModTrainer(
      model, pixels: [UInt8](repeating: 128, count: count * 28 * 28),
      labels: [Int](repeating: 0, count: count), height: 28, width: 28,
      stream: SeedStream(root: 0, purpose: "rates"))
    let start = ContinuousClock.now
    // The only error is of a saved state, and there is none.
    _ = try? trainer.run(from: nil) { _ in true }
    device.synchronize()
    return (ContinuousClock.now - start) / .seconds(1) / Double(count)
  }

  private func generation() -> Double {
    let model = EchoModModel(
      profile.outside.generator.configuration, classes: Self.classes,
      stream: SeedStream(root: 0, purpose: "rates"), on: device)
    let sampler = EchoModSampler(
      model, height: 28, width: 28, stream: SeedStream(root: 0, purpose: "rates"))
    let count = EchoModSampler.batchSize
    let originals = [[UInt8]](repeating: [UInt8](repeating: 128, count: 28 * 28), count: count)
    return measure(images: count, times: 1) {
      _ = sampler.sample(
        originals: originals, labels: [Int](repeating: 1, count: count),
        identifiers: Array(0..<count))
    }
  }
}
