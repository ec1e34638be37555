import Generative
import Models
import NN
import SeededRandom
import Torch
import Training

/// Short measurements of how fast this machine does each kind of work, for forecasts.
///
/// Each network, generator and image size is measured once, for a second or a few, when a job first needs it.
public final class RateMeasurement {
  private struct Trained: Hashable {
    var model: ModelConfiguration
    var optimizer: OptimizerConfiguration
    var batchSize: Int
    var shape: [Int]
    var precision: Precision
  }

  private let device: Device
  private let shelf: DataShelf
  private var training: [Trained: Double] = [:]
  private var generatorTraining: [GeneratorSpecification: Double] = [:]
  private var generation: [GeneratorSpecification: Double] = [:]
  private static let classes = 10
  private static let steps = 8
  /// The seconds after which a measurement takes no further step.
  private static let budget = 5.0

  /// Prepares measurements on a device.
  ///
  /// - Parameters:
  ///   - device: Where the work will be done.
  ///   - shelf: Where the size of own images is read.
  public init(device: Device, shelf: DataShelf) {
    self.device = device
    self.shelf = shelf
  }

  /// The forecast seconds of a job by one worker on the device.
  ///
  /// - Throws: ``Datasets/DatasetError`` when own images cannot be read.
  public func seconds(of job: Job) throws -> Double {
    var rates = JobCost.Rates.nominal
    switch job {
    case .generator(let specification):
      rates.generatorTraining = try generatorTraining(specification)
    case .extractor(let specification):
      rates.extractorTraining = try training(
        specification.model, specification.trainingProtocol, dataset: specification.split.dataset,
        precision: .float32)
    case .echo(let draw): rates.generation = try generation(draw.outside.generator)
    case .run(let run): rates.training = try training(of: run)
    case .analysis(let analysis):
      let work = analysis.specification.work
      if let generator = work.generator { rates.generation = try generation(generator) }
      if let run = work.run { rates.training = try training(of: run) }
    }
    return JobCost.seconds(of: job, rates: rates)
  }

  private func training(of run: RunSpecification) throws -> Double {
    try training(
      run.model, run.trainingProtocol, dataset: run.data.dataset, precision: run.precision)
  }

  /// Seconds an image of a body that handles `images` images each time, after one call to warm up.
  ///
  /// It is called as often as asked, or less where that would take longer than ``budget``.
  private func measure(images: Int, times: Int = RateMeasurement.steps, _ body: () -> Void)
    -> Double
  {
    func seconds(_ count: Int) -> Double {
      let start = ContinuousClock.now
      for _ in 0..<count { body() }
      device.synchronize()
      return (ContinuousClock.now - start) / .seconds(1)
    }
    body()
    device.synchronize()
    let once = seconds(1)
    let count = min(times - 1, Int(Self.budget / max(once, 1e-9)))
    guard count > 0 else { return once / Double(images) }
    return (once + seconds(count)) / Double((count + 1) * images)
  }

  private func training(
    _ model: ModelConfiguration, _ trainingProtocol: TrainingProtocol, dataset: String,
    precision: Precision
  ) throws -> Double {
    let kind = Trained(
      model: model, optimizer: trainingProtocol.optimizer, batchSize: trainingProtocol.batchSize,
      shape: try shelf.shape(of: dataset), precision: precision)
    if let known = training[kind] { return known }
    let network = Network(
      stream: SeedStream(root: 0, purpose: "rates"), on: device, precision: precision
    ) { model.make(inputShape: kind.shape, classes: Self.classes, at: $0) }
    let learner = Learner(network, optimizer: kind.optimizer, schedule: .constant)
    let images = Tensor.full(0.5, shape: [kind.batchSize] + kind.shape, on: device)
    let labels = Tensor.zeros([kind.batchSize], type: .int64, on: device)
    let position = EpochPosition(stage: 0, epoch: 0, epochs: 1, overall: 0)
    let rate = measure(images: kind.batchSize) {
      let loss = network.logits(images, training: true).crossEntropy(targets: labels).mean()
      learner.step(minimising: loss, at: position)
    }
    training[kind] = rate
    return rate
  }

  private func generatorTraining(_ specification: GeneratorSpecification) throws -> Double {
    if let known = generatorTraining[specification] { return known }
    var configuration = specification.configuration
    let size = configuration.denoiser.batchSize
    configuration.denoiser.epochs = 1
    configuration.control.epochs = 0
    let count = size * Self.steps
    let shape = try shelf.shape(of: specification.split.dataset)
    let trainer = EchoModTrainer(
      model(configuration, shape: shape),
      pixels: [UInt8](repeating: 128, count: count * shape.reduce(1, *)),
      labels: [Int](repeating: 0, count: count), height: shape[1], width: shape[2],
      stream: SeedStream(root: 0, purpose: "rates"))
    let start = ContinuousClock.now
    // The only error is of a saved state, and there is none.
    _ = try? trainer.run(from: nil) { _ in true }
    device.synchronize()
    let rate = (ContinuousClock.now - start) / .seconds(1) / Double(count)
    generatorTraining[specification] = rate
    return rate
  }

  private func generation(_ specification: GeneratorSpecification) throws -> Double {
    if let known = generation[specification] { return known }
    let shape = try shelf.shape(of: specification.split.dataset)
    let sampler = EchoModSampler(
      model(specification.configuration, shape: shape), height: shape[1], width: shape[2],
      stream: SeedStream(root: 0, purpose: "rates"))
    let count = EchoModSampler.batchSize
    let originals = [[UInt8]](
      repeating: [UInt8](repeating: 128, count: shape.reduce(1, *)), count: count)
    let rate = measure(images: count, times: 1) {
      _ = sampler.sample(
        originals: originals, labels: [Int](repeating: 1, count: count),
        identifiers: Array(0..<count))
    }
    generation[specification] = rate
    return rate
  }

  private func model(_ configuration: EchoModConfiguration, shape: [Int]) -> EchoModModel {
    EchoModModel(
      configuration, channels: shape[0], classes: Self.classes,
      stream: SeedStream(root: 0, purpose: "rates"), on: device)
  }
}
