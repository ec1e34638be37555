import Datasets
import LabelNoise
import SeededRandom

/// Which images of a data set a run uses, and how.
///
/// The pool is the first `poolCount` training images in the archive's order; its labels are corrupted as a whole, then
/// `validationCount` of it, drawn by the split stream, become the noisy validation split and the rest is trained on. The
/// external clean split lies elsewhere in the training file, so that no classifier of a table ever trains on it.
public struct DataSpecification: Codable, Hashable, Sendable {
  /// The data set's identifier.
  public var dataset: String
  /// SHA-256 of labels and pixels where the data are not verified against official digests; nil where they are.
  public var content: String?
  /// The number of training images whose labels are corrupted.
  public var poolCount: Int
  /// The number of them that are held out with their noisy labels.
  public var validationCount: Int
  /// The number of test images, the first ones of the test file.
  public var testCount: Int

  /// Creates a specification.
  public init(
    dataset: String, content: String? = nil, poolCount: Int, validationCount: Int, testCount: Int
  ) {
    self.dataset = dataset
    self.content = content
    self.poolCount = poolCount
    self.validationCount = validationCount
    self.testCount = testCount
  }

  /// The number of images that are trained on.
  public var trainCount: Int { poolCount - validationCount }

  /// The places of training and validation images in the pool, both ascending.
  public func split(seed: UInt64) -> (train: [Int], validation: [Int]) {
    var generator = SeedStream(root: seed, purpose: "split").generator()
    let held = Set(generator.sample(validationCount, outOf: poolCount))
    return ((0..<poolCount).filter { !held.contains($0) }, held.sorted())
  }
}

/// The clean images that the generator, the feature extractor and the control row are trained on.
public struct ExternalSplit: Codable, Hashable, Sendable {
  /// The data set's identifier.
  public var dataset: String
  /// SHA-256 of labels and pixels where the data are not verified against official digests; nil where they are.
  public var content: String?
  /// The first training image of the split.
  public var start: Int
  /// The number of images.
  public var count: Int

  /// Creates a split.
  public init(dataset: String, start: Int, count: Int) {
    self.dataset = dataset
    self.start = start
    self.count = count
  }
}
