import LabelNoise
import Methods
import NN
import RunStore
import Training

/// The scale of an experiment: how much data, which network, how long.
///
/// It never changes what is computed.
public struct Profile: Sendable {
  /// The identifier on the command line.
  public let identifier: String
  /// What it is for, in one line.
  public let summary: String
  /// The data sets with their networks; the first is the one that tables of one data set use.
  public var benchmarks: [Benchmark]
  /// The shared protocol.
  public let trainingProtocol: TrainingProtocol
  /// Whether methods take the hyperparameters that suit a length far below the paper's.
  public let isReduced: Bool
  /// Whether data, network and length are the paper's own, so that numbers may be compared with its numbers.
  public let isPaperScale: Bool
  /// The number format.
  public var precision = Precision.float32
  /// The seeds when none are named.
  public let seeds: [Int]

  /// All profiles, smallest first.
  public static let all = [smoke, quick, cifar, paper]

  /// The profile of an identifier.
  ///
  /// - Throws: ``ProfileError`` that lists the valid ones.
  public static func named(_ identifier: String) throws -> Profile {
    guard let profile = all.first(where: { $0.identifier == identifier }) else {
      throw ProfileError(identifier: identifier)
    }
    return profile
  }

  /// The data set and network that stand for a data set of the paper; nil when this scale has none.
  public func benchmark(for paperDataset: String) -> Benchmark? {
    benchmarks.first { $0.paperDataset == paperDataset }
  }

  /// A run at this scale.
  ///
  /// A method that sees no noisy label is trained without noise, so that all columns of a table share its run.
  public func run(
    on benchmark: Benchmark, noise: NoiseModel, method: MethodConfiguration, seed: Int
  ) -> RunSpecification {
    RunSpecification(
      data: benchmark.data,
      noise: method.recipe.needs.contains(.external) ? .clean : noise, model: benchmark.model,
      method: method, trainingProtocol: trainingProtocol, precision: precision,
      seeds: RunSeeds(root: UInt64(seed)), outside: benchmark.outside)
  }

  /// What a method's hyperparameters may depend on, for a noise on a data set of this scale.
  public func setting(on benchmark: Benchmark, noise: NoiseModel) -> MethodSetting {
    MethodSetting(noise: noise, classes: benchmark.classes, isReduced: isReduced)
  }
}

/// A profile that does not exist.
public struct ProfileError: ReportableError, Hashable {
  /// The name that was asked for.
  public let identifier: String

  /// Creates an error about a name.
  public init(identifier: String) { self.identifier = identifier }

  /// The name and the valid ones.
  public var message: String {
    "unknown profile '\(identifier)': expected one of "
      + Profile.all.map(\.identifier).joined(separator: ", ")
  }
  /// 64.
  public var exitStatus: ExitStatus { .usage }
}
