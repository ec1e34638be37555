import Foundation
import LabelNoise
import RunStore
import Torch

/// The comparison of every training image with its modified image, for one draw of noisy labels.
public struct SimilaritySpecification: AnalysisSpecification {
  /// The kind of asset.
  public static let kind = "similarities"
  static let arraysName = "similarities.safetensors"
  static let examplesName = "examples.json"

  /// The draw with its outside models.
  public var draw: EchoDraw
  /// The number of examples that are kept.
  public var exampleCount: Int

  /// Creates a specification.
  public init(_ draw: EchoDraw, exampleCount: Int = 16) {
    self.draw = draw
    self.exampleCount = exampleCount
  }

  /// What people read while it is made.
  public var label: String { "similarities for \(draw.noise.identifier) seed \(draw.noiseSeed)" }

  /// The modified images.
  public var dependencies: [Job] { [.echo(draw)] }

  /// Two passes of the extractor over the training images.
  public var work: AnalysisWork {
    AnalysisWork(
      bytes: draw.data.trainCount * 2000,
      seconds: Double(2 * draw.data.trainCount) * JobCost.Rates.nominal.extractorTraining)
  }
}

/// Every training image of a draw of noisy labels beside its modified image.
public struct EchoSimilarities: Sendable {
  /// One original with what was made of it.
  public struct Example: Codable, Hashable, Sendable {
    /// The place of the original in the training file.
    public var identifier: Int
    /// The clean label.
    public var cleanLabel: Int
    /// The noisy label, which the modified image is made to fit.
    public var givenLabel: Int
    /// The similarity of both images.
    public var similarity: Double
    /// The original's bytes, channel by channel.
    public var original: [UInt8]
    /// The modified image's bytes, channel by channel.
    public var modified: [UInt8]
  }

  /// The place of each sample in the training file.
  public var identifiers: [Int]
  /// The clean labels.
  public var cleanLabels: [Int]
  /// The noisy labels.
  public var givenLabels: [Int]
  /// The cosine of the features of each image and its modified image.
  public var similarities: [Double]
  /// The number of features of an image.
  public var featureCount: Int
  /// The features of the originals, n x ``featureCount``, row-major.
  public var originalFeatures: [Float]
  /// The features of the modified images, n x ``featureCount``, row-major.
  public var modifiedFeatures: [Float]
  /// The samples with the lowest similarities, lowest first.
  public var lowest: [Example]
  /// The samples with the highest similarities, highest first.
  public var highest: [Example]

  /// Whether the given label of each sample is wrong.
  public var isWrong: [Bool] { zip(cleanLabels, givenLabels).map { $0 != $1 } }

  private enum Name {
    static let identifiers = "identifiers"
    static let clean = "clean-labels"
    static let given = "given-labels"
    static let similarities = "similarities"
    static let original = "original-features"
    static let modified = "modified-features"
  }

  private struct Examples: Codable {
    var lowest: [Example]
    var highest: [Example]
  }

  /// The measurement, if the store has it.
  ///
  /// - Throws: ``StoreError`` when it is damaged, and ``Torch/TensorFileError`` when its arrays cannot be read.
  public static func stored(
    for specification: SimilaritySpecification, in store: RunStore
  ) throws -> EchoSimilarities? {
    guard let file = try specification.file(SimilaritySpecification.arraysName, in: store) else {
      return nil
    }
    let arrays = try StoredArrays(contentsOf: file)
    let examples = try CanonicalJSON.decode(
      Examples.self,
      from: try AtomicFile.contents(
        of: file.deletingLastPathComponent()
          .appendingPathComponent(SimilaritySpecification.examplesName)) ?? Data())
    return EchoSimilarities(
      identifiers: try arrays.integers(Name.identifiers),
      cleanLabels: try arrays.integers(Name.clean),
      givenLabels: try arrays.integers(Name.given),
      similarities: try arrays.floats(Name.similarities).map(Double.init),
      featureCount: try arrays.columns(Name.original),
      originalFeatures: try arrays.floats(Name.original),
      modifiedFeatures: try arrays.floats(Name.modified), lowest: examples.lowest,
      highest: examples.highest)
  }

  /// Writes the measurement into the folder of an asset.
  func write(to folder: URL) throws {
    let count = identifiers.count
    let shape = [count, featureCount]
    let arrays = SafeTensors(tensors: [
      Name.identifiers: .from(identifiers, shape: [count]),
      Name.clean: .from(cleanLabels, shape: [count]),
      Name.given: .from(givenLabels, shape: [count]),
      Name.similarities: .from(similarities.map(Float.init), shape: [count]),
      Name.original: .from(originalFeatures, shape: shape),
      Name.modified: .from(modifiedFeatures, shape: shape),
    ])
    try AtomicFile.write(
      arrays.encoded(), to: folder.appendingPathComponent(SimilaritySpecification.arraysName))
    try AtomicFile.write(
      try CanonicalJSON.encode(Examples(lowest: lowest, highest: highest)),
      to: folder.appendingPathComponent(SimilaritySpecification.examplesName))
  }
}

extension SimilaritySpecification {
  /// Compares features, and keeps the samples at both ends.
  public func make(in folder: URL, by executor: RunExecutor, watch: ExecutionWatch) throws {
    let data = try NoisyData(draw, shelf: executor.shelf, store: executor.store)
    let source = try executor.echoSource(draw.outside, watch: watch)
    let samples = data.samples
    let compared = try source.compared(samples)
    let similarities = compared.echo.similarities
    let dataset = try executor.shelf.dataset(draw.data.dataset)
    let clean = samples.identifiers.map { dataset.train.labels[$0] }
    let pixels = compared.echo.images.array(of: UInt8.self)
    let size = dataset.imageSize
    let order = similarities.indices.sorted { (similarities[$0], $0) < (similarities[$1], $1) }
    func example(_ position: Int) -> EchoSimilarities.Example {
      EchoSimilarities.Example(
        identifier: samples.identifiers[position], cleanLabel: clean[position],
        givenLabel: samples.labels[position], similarity: similarities[position],
        original: source.original(samples.identifiers[position]),
        modified: Array(pixels[(position * size)..<((position + 1) * size)]))
    }
    try EchoSimilarities(
      identifiers: samples.identifiers, cleanLabels: clean, givenLabels: samples.labels,
      similarities: similarities, featureCount: compared.original.shape[1],
      originalFeatures: compared.original.array(of: Float.self),
      modifiedFeatures: compared.modified.array(of: Float.self),
      lowest: order.prefix(exampleCount).map(example),
      highest: order.reversed().prefix(exampleCount).map(example)
    ).write(to: folder)
  }
}
