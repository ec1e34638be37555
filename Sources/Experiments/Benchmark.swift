import Models
import Training

/// Images with the network that is trained on them, standing for a data set of a paper.
public struct Benchmark: Sendable {
  /// The paper's name of the data set that it stands for, such as `CIFAR-10`.
  public let paperDataset: String
  /// What stands for it, such as `Fashion-MNIST subset`.
  public let displayName: String
  /// The images.
  public var data: DataSpecification
  /// The number of classes.
  public let classes: Int
  /// The network.
  public let model: ModelConfiguration
  /// Generator and feature extractor; nil where there are none, and no method that needs them can run.
  public var outside: OutsideSpecification?

  /// Creates a benchmark.
  public init(
    paperDataset: String, displayName: String, data: DataSpecification, classes: Int,
    model: ModelConfiguration, outside: OutsideSpecification?
  ) {
    self.paperDataset = paperDataset
    self.displayName = displayName
    self.data = data
    self.classes = classes
    self.model = model
    self.outside = outside
  }

  /// The same benchmark on files that are told apart by their digest; nil for the official ones.
  public func reading(content: String?) -> Benchmark {
    var copy = self
    copy.data.content = content
    copy.outside?.generator.split.content = content
    copy.outside?.extractor.split.content = content
    return copy
  }
}
