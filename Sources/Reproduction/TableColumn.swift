import Experiments
import LabelNoise

/// A column of a table: a noise setting on the images that stand for a data set of the paper.
public struct TableColumn: Sendable {
  /// The images and the network.
  public var benchmark: Benchmark
  /// The label noise.
  public var noise: NoiseModel
  /// The identifier in kebab-case, unique in its table.
  public var identifier: String
  /// The name that readers see.
  public var displayName: String
  /// The paper's name of the data set, to find published numbers.
  public var paperDataset: String
  /// The paper's name of the condition, to find published numbers.
  public var condition: String

  /// Creates a column.
  public init(
    benchmark: Benchmark, noise: NoiseModel, identifier: String, displayName: String,
    paperDataset: String, condition: String
  ) {
    self.benchmark = benchmark
    self.noise = noise
    self.identifier = identifier
    self.displayName = displayName
    self.paperDataset = paperDataset
    self.condition = condition
  }

  /// One column for each noise on each benchmark that a profile has for the named data sets of the paper.
  ///
  /// Columns of the first data set are named by their noise alone, the others by data set and noise. The paper's condition is
  /// the noise's identifier.
  public static func columns(
    of profile: Profile, datasets: [String], noises: [NoiseModel]
  ) -> [TableColumn] {
    let present = datasets.compactMap { profile.benchmark(for: $0) }
    return present.enumerated().flatMap { index, benchmark in
      noises.map { noise in
        TableColumn(
          benchmark: benchmark, noise: noise,
          identifier: index == 0
            ? noise.identifier : "\(benchmark.data.dataset)-\(noise.identifier)",
          displayName: present.count == 1
            ? noise.displayName : "\(benchmark.displayName), \(noise.displayName)",
          paperDataset: benchmark.paperDataset, condition: noise.identifier)
      }
    }
  }
}
