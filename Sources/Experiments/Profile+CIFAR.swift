import Models
import Training

extension Profile {
  /// Real CIFAR-10 at reduced width, images and epochs: an overnight job on two cores, minutes on a GPU.
  ///
  /// Without augmentation, so that plain cross-entropy memorises wrong labels within so few epochs.
  public static let cifar = Profile(
    identifier: "cifar", summary: "real CIFAR-10, narrow ResNet-18; overnight on two cores",
    benchmarks: [
      Benchmark(
        paperDataset: "CIFAR-10", displayName: "CIFAR-10 subset",
        data: DataSpecification(
          dataset: "cifar-10", poolCount: 10_000, validationCount: 1000, testCount: 5000),
        classes: 10, model: .resNet(depth: 18, width: 16, stemPadding: 1), outside: nil)
    ],
    trainingProtocol: TrainingProtocol(
      epochs: 20, batchSize: 128, dropsLast: false,
      optimizer: .sgd(rate: 0.05, momentum: 0.9, weightDecay: 1e-4, nesterov: false),
      schedule: .milestones([0.5, 0.75], factor: 0.1), augmentation: .none),
    isReduced: true, isPaperScale: false, seeds: [1, 2, 3])

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
