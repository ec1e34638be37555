import Experiments
import Foundation
import Reporting

/// The shared training protocol of a benchmark as the rows of the paper's Table 5.
struct HyperparametersProtocol {
  /// The rows, in the paper's order.
  enum Row: String, CaseIterable {
    case architecture
    case optimizer
    case loss = "loss function"
    case rate = "learning rate"
    case decay = "lr decay after epochs"
    case weightDecay = "weight decay"
    case momentum
    case batchSize = "batch size"
    case trainingSamples = "training samples"
    case epochs = "training epochs"

    /// The metric under which `published.csv` has the row's number; nil for a row that is no number.
    var metric: String? {
      switch self {
      case .architecture, .optimizer, .loss, .decay: return nil
      case .rate: return "learning_rate"
      case .weightDecay: return "weight_decay"
      case .momentum: return "momentum"
      case .batchSize: return "batch_size"
      case .trainingSamples: return "training_samples"
      case .epochs: return "training_epochs"
      }
    }
  }

  /// The metrics of the epochs after which the rate is divided by ten, as `published.csv` has them.
  static let decayMetrics = ["first_lr_decay_epoch", "second_lr_decay_epoch"]

  /// The profile with the benchmark.
  let profile: Profile
  let benchmark: Benchmark

  /// The heading of its column.
  var name: String {
    "\(profile.identifier): \(benchmark.displayName)"
  }

  /// The number of a row; nil for a row that is none.
  func number(_ row: Row) -> Double? {
    let shared = profile.trainingProtocol
    switch row {
    case .architecture, .optimizer, .loss, .decay: return nil
    case .rate: return shared.optimizer.rate
    case .weightDecay: return optimizer.weightDecay
    case .momentum: return optimizer.momentum
    case .batchSize: return Double(shared.batchSize)
    case .trainingSamples: return Double(benchmark.data.trainCount)
    case .epochs: return Double(shared.epochs)
    }
  }

  /// The text of a row.
  func text(_ row: Row) -> String {
    switch row {
    case .architecture: return benchmark.model.displayName
    case .optimizer: return optimizer.name
    case .loss: return "CE; others by method"
    case .decay:
      let epochs = decayEpochs
      return epochs.isEmpty ? "none" : epochs.map(String.init).joined(separator: ", ")
    default: return number(row).map { PlainNumber.text($0) } ?? "none"
    }
  }

  /// The epochs after which the learning rate falls.
  var decayEpochs: [Int] {
    let shared = profile.trainingProtocol
    let factors = (0..<shared.epochs).map { shared.schedule.factor(epoch: $0, of: shared.epochs) }
    return (1..<max(shared.epochs, 1)).filter { factors[$0] < factors[$0 - 1] }
  }

  private var optimizer: (name: String, momentum: Double?, weightDecay: Double) {
    switch profile.trainingProtocol.optimizer {
    case .sgd(_, let momentum, let weightDecay, let nesterov):
      return (nesterov ? "SGD, Nesterov" : "SGD", momentum, weightDecay)
    case .adam(_, _, let weightDecay): return ("Adam", nil, weightDecay)
    case .adamW(_, _, let weightDecay): return ("AdamW", nil, weightDecay)
    }
  }

  /// Every benchmark of every profile.
  static let all: [HyperparametersProtocol] = Profile.all.flatMap { profile in
    profile.benchmarks.map { HyperparametersProtocol(profile: profile, benchmark: $0) }
  }
}

/// What the paper's Table 5 prints that is no number.
struct PrintedProtocol {
  /// The columns of the paper.
  static let datasets = ["CIFAR-10", "CIFAR-100"]
  let published: PublishedNumbers

  /// The printed text of a row.
  func text(_ row: HyperparametersProtocol.Row, dataset: String) -> String {
    switch row {
    case .architecture: return dataset == "CIFAR-100" ? "ResNet-34" : "ResNet-18"
    case .optimizer: return "SGD"
    case .loss: return "CE"
    case .decay:
      return HyperparametersProtocol.decayMetrics.compactMap { number($0, dataset) }
        .map { PlainNumber.text($0) }.joined(separator: ", ")
    default:
      return row.metric.flatMap { number($0, dataset) }.map { PlainNumber.text($0) } ?? "–"
    }
  }

  /// The printed number of a metric.
  func number(_ metric: String, _ dataset: String) -> Double? {
    published.value(table: "5", dataset, "training", "all", metric)
  }
}
