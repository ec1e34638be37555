import Foundation
import Generative
import RunStore
import SeededRandom
import Torch

/// A generator to be measured, with the operating points to compare.
public struct QualitySpecification: AnalysisSpecification {
  /// The kind of asset.
  public static let kind = "generator-quality"
  static let fileName = "quality.json"

  /// The generator, and the extractor whose head judges labels.
  public var outside: OutsideSpecification
  /// The first original's place in the training file: after the external images, where no classifier is trained either.
  public var start: Int
  /// The number of originals.
  public var imageCount: Int
  /// The settings to compare; the first is the one in use.
  public var samplings: [EchoModConfiguration.Sampling]
  /// Those of the settings whose images are kept for a look, besides the one in use.
  public var illustrated: [EchoModConfiguration.Sampling]
  /// The number of originals for which images are kept.
  public var exampleCount = 20

  /// Compares the generator's own setting with others of control and guidance.
  public init(outside: OutsideSpecification, imageCount: Int) {
    self.outside = outside
    self.imageCount = imageCount
    start = outside.generator.split.start + outside.generator.split.count
    let own = outside.generator.configuration.sampling
    var points = [own]
    for weight in [0, 0.1, 0.3, 0.5, 1] { points.append(own.controlled(by: weight)) }
    for guidance in [1.0, 2, 4, 6] { points.append(own.guided(by: guidance)) }
    samplings = points.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    illustrated = samplings.dropFirst().filter { point in
      point == own.controlled(by: 0) || point == own.controlled(by: 1) || point == own.guided(by: 1)
    }
  }

  /// What people read while it is made.
  public var label: String { "generator's trade-off" }

  /// Generator and extractor.
  public var dependencies: [Job] {
    [.generator(outside.generator), .extractor(outside.extractor)]
  }

  /// The images at every operating point.
  public var work: AnalysisWork {
    var work = AnalysisWork(bytes: 100_000 * (2 + illustrated.count))
    work.generatedImages = Double(imageCount * samplings.count)
    work.generator = outside.generator
    return work
  }
}

/// Both sides of the generator's trade: fitting the label and keeping the original's structure.
public struct GeneratorQuality: Codable, Hashable, Sendable {
  /// One operating point.
  public struct Point: Codable, Hashable, Sendable {
    /// The setting.
    public var sampling: EchoModConfiguration.Sampling
    /// The share of images with a changed label that the judge recognises as that label.
    public var labelAgreement: Double
    /// The mean edge overlap of those images with their originals; see ``CannyEdges/overlap(_:_:height:width:)``.
    public var edgeOverlap: Double
  }

  /// The points, the one in use first.
  public var points: [Point]
  /// The mean edge overlap of originals with unrelated real images of the changed label: what no control gives.
  public var unrelatedOverlap: Double
  /// The share of real images of the same kind that the judge recognises as their clean label.
  public var judgeAccuracy: Double
  /// The number of images at each point.
  public var imageCount: Int
  /// The originals, their changed labels and the images made at the point in use, for a look at some.
  public var examples: [Example]
  /// The images of the same originals at other points.
  public var galleries: [Gallery]
  /// The names of the classes, by label.
  public var classNames: [String]

  /// One original with what was made of it.
  public struct Example: Codable, Hashable, Sendable {
    /// The original's clean label.
    public var cleanLabel: Int
    /// The label that the image was to fit.
    public var label: Int
    /// The original's bytes, channel by channel.
    public var original: [UInt8]
    /// Its edges, 0 or 1.
    public var edges: [UInt8]
    /// The modified image's bytes, channel by channel.
    public var modified: [UInt8]
  }

  /// What was made of the originals of ``examples`` at another operating point.
  public struct Gallery: Codable, Hashable, Sendable {
    /// The setting.
    public var sampling: EchoModConfiguration.Sampling
    /// The modified images' bytes, channel by channel, in the order of ``examples``.
    public var images: [[UInt8]]
  }

  /// The point of a setting; nil for one that was not measured.
  public func point(of sampling: EchoModConfiguration.Sampling) -> Point? {
    points.first { $0.sampling == sampling }
  }

  /// The measurement, if the store has it.
  ///
  /// - Throws: ``StoreError`` when it is damaged.
  public static func stored(
    for specification: QualitySpecification, in store: RunStore
  ) throws -> GeneratorQuality? {
    guard let file = try specification.file(QualitySpecification.fileName, in: store),
      let data = try AtomicFile.contents(of: file)
    else { return nil }
    return try CanonicalJSON.decode(GeneratorQuality.self, from: data)
  }
}

extension QualitySpecification {
  /// Measures the generator at its operating points.
  public func make(in folder: URL, by executor: RunExecutor, watch: ExecutionWatch) throws {
    let source = try executor.echoSource(outside)
    let generator = outside.generator
    let dataset = try executor.shelf.dataset(generator.split.dataset)
    let (height, width) = (dataset.shape[1], dataset.shape[2])
    let count = imageCount
    let classes = dataset.classNames.count
    let canny = generator.configuration.canny
    let range = start..<(start + count)
    let bank = try executor.shelf.bank(dataset.identifier, isTest: false, range: range)
    let originals = range.map { source.original($0) }
    let clean = Array(dataset.train.labels[range])
    // Every class is changed to each other class in turn.
    let labels = clean.enumerated().map { ($1 + 1 + $0 % (classes - 1)) % classes }
    let channels = dataset.shape[0]
    let edges = originals.map {
      canny.edges(of: $0, channels: channels, height: height, width: width)
    }
    func overlap(_ images: [[UInt8]]) -> Double {
      let values = zip(images, edges).map { image, reference in
        CannyEdges.overlap(
          canny.edges(of: image, channels: channels, height: height, width: width), reference,
          height: height, width: width)
      }
      return values.reduce(0, +) / Double(count)
    }
    func agreement(_ images: [[UInt8]], with labels: [Int]) -> Double {
      let judged = source.judgedLabels(images, like: bank)
      return Double(zip(judged, labels).count { $0 == $1 }) / Double(count)
    }
    var points: [GeneratorQuality.Point] = []
    var examples: [GeneratorQuality.Example] = []
    var galleries: [GeneratorQuality.Gallery] = []
    for sampling in samplings {
      let images = source.modified(originals, labels: labels, sampling: sampling)
      if points.isEmpty {
        examples = (0..<min(count, exampleCount)).map {
          GeneratorQuality.Example(
            cleanLabel: clean[$0], label: labels[$0], original: originals[$0], edges: edges[$0],
            modified: images[$0])
        }
      }
      if illustrated.contains(sampling) {
        galleries.append(.init(sampling: sampling, images: Array(images.prefix(exampleCount))))
      }
      points.append(
        GeneratorQuality.Point(
          sampling: sampling, labelAgreement: agreement(images, with: labels),
          edgeOverlap: overlap(images)))
      try watch.advance("trade-off", points.count, of: samplings.count)
    }
    // An unrelated image of the changed label: the first later one, around the end.
    let unrelated = (0..<count).map { index in
      let other = (1..<count).first { clean[(index + $0) % count] == labels[index] } ?? 0
      return originals[(index + other) % count]
    }
    let quality = GeneratorQuality(
      points: points, unrelatedOverlap: overlap(unrelated),
      judgeAccuracy: agreement(originals, with: clean), imageCount: count, examples: examples,
      galleries: galleries, classNames: dataset.classNames)
    try AtomicFile.write(
      try CanonicalJSON.encode(quality), to: folder.appendingPathComponent(Self.fileName))
  }
}

extension EchoModConfiguration.Sampling {
  /// The same setting with another weight of control; 0 is none.
  public func controlled(by weight: Double) -> Self {
    var copy = self
    copy.controlWeight = weight
    return copy
  }

  /// The same setting with another guidance; 1 is none.
  public func guided(by guidance: Double) -> Self {
    var copy = self
    copy.guidance = guidance
    return copy
  }
}
