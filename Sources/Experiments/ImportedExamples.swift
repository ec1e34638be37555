import Foundation
import Generative
import LabelNoise
import RunStore
import Torch

/// Some modified images that were made elsewhere, beside their originals.
public struct ImportedExamplesSpecification: AnalysisSpecification {
  /// The kind of asset.
  public static let kind = "imported-examples"
  static let fileName = "examples.json"

  /// The images.
  public var data: DataSpecification
  /// The label noise whose labels the images are to fit.
  public var noise: NoiseModel
  /// The seed of the label noise.
  public var noiseSeed: UInt64
  /// The files, by their content.
  public var imported: ImportedEcho
  /// The detector of the edges that are compared.
  public var canny: CannyEdges
  /// The number of originals that are compared: the first ones of the pool whose label is changed.
  public var imageCount: Int
  /// The number of them that are kept for a look.
  public var exampleCount = 20

  /// The threshold of Canny's detector where a benchmark has no generator with one of its own.
  private static let edgeThreshold: Float = 150

  /// The comparison of a benchmark's images under a noise.
  public init(
    _ benchmark: Benchmark, noise: NoiseModel, noiseSeed: UInt64, imported: ImportedEcho,
    imageCount: Int
  ) {
    data = benchmark.data
    self.noise = noise
    self.noiseSeed = noiseSeed
    self.imported = imported
    self.imageCount = min(imageCount, benchmark.data.poolCount)
    canny =
      benchmark.outside?.generator.configuration.canny
      ?? CannyEdges(threshold: Self.edgeThreshold)
  }

  /// What people read while it is made.
  public var label: String { "images made elsewhere for \(noise.identifier) seed \(noiseSeed)" }

  /// Nothing: the files are there.
  public var dependencies: [Job] { [] }

  /// Little.
  public var work: AnalysisWork { AnalysisWork(bytes: 200_000, seconds: 5) }
}

/// Modified images that were made elsewhere, compared with their originals.
public struct ImportedExamples: Codable, Hashable, Sendable {
  /// The mean edge overlap of the modified images with their originals.
  public var edgeOverlap: Double
  /// The number of images that were compared.
  public var imageCount: Int
  /// Some of them.
  public var examples: [GeneratorQuality.Example]
  /// The names of the classes, by label.
  public var classNames: [String]

  /// The comparison, if the store has it.
  ///
  /// - Throws: ``StoreError`` when it is damaged.
  public static func stored(
    for specification: ImportedExamplesSpecification, in store: RunStore
  ) throws -> ImportedExamples? {
    guard let file = try specification.file(ImportedExamplesSpecification.fileName, in: store),
      let data = try AtomicFile.contents(of: file)
    else { return nil }
    return try CanonicalJSON.decode(ImportedExamples.self, from: data)
  }
}

extension ImportedExamplesSpecification {
  /// Compares edges, and keeps some images.
  ///
  /// - Throws: ``Datasets/DatasetError`` when the files are missing or others than those named.
  public func make(in folder: URL, by executor: RunExecutor, watch: ExecutionWatch) throws {
    let dataset = try executor.shelf.check(data)
    let labels = try NoisyData.labels(
      of: data, noise: noise, seed: noiseSeed, shelf: executor.shelf)
    let places = (0..<data.poolCount).filter { labels.isWrong[$0] }.prefix(imageCount)
    let size = dataset.imageSize
    let (channels, height, width) = (dataset.shape[0], dataset.shape[1], dataset.shape[2])
    let bytes = try ImportedEchoSource.images(
      imported, of: data, noise: noise, seed: noiseSeed, dataset: dataset,
      folder: executor.shelf.source.echoFolder
    ).select(.from(Array(places), shape: [places.count])).array(of: UInt8.self)
    func edges(_ pixels: ArraySlice<UInt8>) -> [UInt8] {
      canny.edges(of: pixels, channels: channels, height: height, width: width)
    }
    var overlap = 0.0
    var examples: [GeneratorQuality.Example] = []
    for (index, place) in places.enumerated() {
      let original = dataset.train.pixels[(place * size)..<((place + 1) * size)]
      let modified = bytes[(index * size)..<((index + 1) * size)]
      let reference = edges(ArraySlice(original))
      overlap +=
        CannyEdges.overlap(edges(modified), reference, height: height, width: width)
        / Double(places.count)
      if examples.count < exampleCount {
        examples.append(
          .init(
            cleanLabel: labels.clean[place], label: labels.noisy[place], original: Array(original),
            edges: reference, modified: Array(modified)))
      }
    }
    try AtomicFile.write(
      try CanonicalJSON.encode(
        ImportedExamples(
          edgeOverlap: overlap, imageCount: places.count, examples: examples,
          classNames: dataset.classNames)),
      to: folder.appendingPathComponent(Self.fileName))
  }
}
