import Generative
import Models
import Training

extension Profile {
  /// Seconds a cell, for tests: every path of the code, numbers without meaning.
  public static let smoke = Profile(
    identifier: "smoke", summary: "every code path in seconds; its numbers mean nothing",
    benchmarks: [
      fashion(
        DataSpecification(
          dataset: "fashion-mnist", poolCount: 300, validationCount: 60, testCount: 200),
        model: .smallCNN(channels: [4, 8], hidden: 32), outside: smokeOutside)
    ],
    trainingProtocol: quickProtocol(epochs: 4), isReduced: true, isPaperScale: false,
    seeds: [1, 2])

  private static func fashion(
    _ data: DataSpecification, model: ModelConfiguration, outside: OutsideSpecification
  ) -> Benchmark {
    Benchmark(
      paperDataset: "CIFAR-10", displayName: "Fashion-MNIST subset", data: data, classes: 10,
      model: model, outside: outside)
  }

  private static let smokeOutside = OutsideSpecification(
    generator: GeneratorSpecification(
      split: ExternalSplit(dataset: "fashion-mnist", start: 30_000, count: 512),
      configuration: EchoModConfiguration(
        size: DenoiserSize(patch: 4, channels: 16, embedding: 32, blocks: 1, middleBlocks: 1),
        canny: CannyEdges(threshold: 150),
        denoiser: .init(
          epochs: 2, batchSize: 64, rate: 3e-3, warmUpSteps: 5, labelDropout: 0.1),
        control: .init(
          epochs: 1, batchSize: 64, rate: 3e-3, warmUpSteps: 5, labelDropout: 0.1),
        sampling: .init(
          steps: 4, guidance: 2, guidedSteps: 0..<4, controlWeight: 0.3, controlledSteps: 0..<4,
          controlsUnlabelled: false, limitsEstimate: false)),
      seed: 1),
    extractor: extractor(count: 512, epochs: 2))

  private static func quickProtocol(epochs: Int) -> TrainingProtocol {
    TrainingProtocol(
      epochs: epochs, batchSize: 128, dropsLast: false,
      optimizer: .sgd(rate: 0.02, momentum: 0.9, weightDecay: 1e-4, nesterov: false),
      schedule: .milestones([0.5, 0.75], factor: 0.1), augmentation: .none)
  }

  private static func extractor(count: Int, epochs: Int) -> ExtractorSpecification {
    ExtractorSpecification(
      split: ExternalSplit(dataset: "fashion-mnist", start: 30_000, count: count),
      model: .smallCNN(channels: [16, 32], hidden: 128),
      trainingProtocol: TrainingProtocol(
        epochs: epochs, batchSize: 128, dropsLast: true, optimizer: .adam(rate: 2e-3),
        schedule: .linearDecay(from: 0), augmentation: .none), seed: 1, isCentred: true)
  }

  /// The whole of a table in minutes on two cores: Fashion-MNIST's first 3,000 training images, a small network and no
  /// augmentation, so that plain cross-entropy does memorise wrong labels.
  public static let quick = Profile(
    identifier: "quick", summary: "Fashion-MNIST subset, small CNN, minutes on two cores",
    benchmarks: [
      fashion(
        DataSpecification(
          dataset: "fashion-mnist", poolCount: 3000, validationCount: 300, testCount: 2000),
        model: .smallCNN(channels: [8, 16], hidden: 128), outside: quickOutside)
    ],
    trainingProtocol: quickProtocol(epochs: 24), isReduced: true, isPaperScale: false,
    seeds: [1, 2, 3])

  private static let quickOutside = OutsideSpecification(
    generator: GeneratorSpecification(
      split: ExternalSplit(dataset: "fashion-mnist", start: 30_000, count: 20_000),
      configuration: EchoModConfiguration(
        size: DenoiserSize(patch: 4, channels: 48, embedding: 128, blocks: 2, middleBlocks: 1),
        canny: CannyEdges(threshold: 150),
        denoiser: .init(
          epochs: 5, batchSize: 64, rate: 4e-3, warmUpSteps: 50, labelDropout: 0.1),
        control: .init(
          epochs: 3, batchSize: 64, rate: 4e-3, warmUpSteps: 50, labelDropout: 0.1),
        sampling: .init(
          steps: 20, guidance: 8, guidedSteps: 0..<20, controlWeight: 0.2,
          controlledSteps: 0..<20, controlsUnlabelled: false, limitsEstimate: false)),
      seed: 1),
    extractor: extractor(count: 20_000, epochs: 8))
}
