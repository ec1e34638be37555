import Generative
import Models
import Training

extension Profile {
  /// Real CIFAR-10 at reduced width, images and epochs: an overnight job on two cores, minutes on a GPU.
  ///
  /// The paper's optimiser and rate; without augmentation, so that plain cross-entropy memorises wrong labels within so few
  /// epochs.
  public static let cifar = Profile(
    identifier: "cifar", summary: "real CIFAR-10, narrow ResNet-18; overnight on two cores",
    benchmarks: [
      Benchmark(
        paperDataset: "CIFAR-10", displayName: "CIFAR-10 subset",
        data: DataSpecification(
          dataset: "cifar-10", poolCount: 10_000, validationCount: 1000, testCount: 2000),
        classes: 10, model: .resNet(depth: 18, width: 8, stemPadding: 1), outside: cifarOutside)
    ],
    trainingProtocol: TrainingProtocol(
      epochs: 25, batchSize: 128, dropsLast: false,
      optimizer: .sgd(rate: 0.1, momentum: 0.9, weightDecay: 1e-4, nesterov: false),
      schedule: .milestones([0.5, 0.75], factor: 0.1), augmentation: .none),
    isReduced: true, isPaperScale: false, seeds: [1, 2, 3])

  private static let cifarOutside = OutsideSpecification(
    generator: GeneratorSpecification(
      split: ExternalSplit(dataset: "cifar-10", start: 20_000, count: 25_000),
      configuration: EchoModConfiguration(
        size: DenoiserSize(patch: 4, channels: 64, embedding: 128, blocks: 2, middleBlocks: 1),
        canny: CannyEdges(threshold: 150),
        denoiser: .init(
          epochs: 12, batchSize: 64, rate: 4e-3, warmUpSteps: 50, labelDropout: 0.1),
        control: .init(
          epochs: 5, batchSize: 64, rate: 4e-3, warmUpSteps: 50, labelDropout: 0.1),
        sampling: .init(
          steps: 20, guidance: 8, guidedSteps: 0..<20, controlWeight: 0.2,
          controlledSteps: 0..<20, controlsUnlabelled: false, limitsEstimate: false)),
      seed: 1),
    extractor: ExtractorSpecification(
      split: ExternalSplit(dataset: "cifar-10", start: 20_000, count: 25_000),
      model: .resNet(depth: 18, width: 16, stemPadding: 1),
      trainingProtocol: TrainingProtocol(
        epochs: 12, batchSize: 128, dropsLast: true, optimizer: .adam(rate: 2e-3),
        schedule: .linearDecay(from: 0), augmentation: .cropAndFlip), seed: 1, isCentred: true))

  /// The paper's data, networks and length: EchoAlign, table 5; meant for GPUs or a cluster.
  public static let paper = Profile(
    identifier: "paper", summary: "the paper's data, networks and 200 epochs; for GPUs",
    benchmarks: [
      Benchmark(
        paperDataset: "CIFAR-10", displayName: "CIFAR-10",
        data: DataSpecification(
          dataset: "cifar-10", poolCount: 50_000, validationCount: 5000, testCount: 10_000),
        classes: 10, model: .resNet18, outside: nil),
      Benchmark(
        paperDataset: "CIFAR-100", displayName: "CIFAR-100",
        data: DataSpecification(
          dataset: "cifar-100", poolCount: 50_000, validationCount: 5000, testCount: 10_000),
        classes: 100, model: .resNet34, outside: nil),
    ],
    trainingProtocol: .paper, isReduced: false, isPaperScale: true, seeds: [1, 2, 3])
}
