import Foundation
import Generative
import RunStore
import SeededRandom
import Torch

/// How fast a generator makes images, by image size and batch, on one machine.
public struct ThroughputSpecification: AnalysisSpecification {
  /// The kind of asset.
  public static let kind = "throughput"
  static let fileName = "throughput.json"

  /// The generator's architecture and sampling; its weights do not matter.
  public var configuration: EchoModConfiguration
  /// The channels of an image.
  public var channels: Int
  /// The sides of the images in pixels, each divisible by the generator's patch.
  public var sides: [Int]
  /// The numbers of images made at a time.
  public var batches: [Int]
  /// How often each point is measured, after one call to warm up.
  public var repeats: Int
  /// The device, as text.
  public var device: String
  /// The processor's name, so that another machine measures for itself.
  public var machine: String
  /// The tensor threads.
  public var threads: Int

  /// Creates a specification for this machine.
  public init(
    configuration: EchoModConfiguration, channels: Int, sides: [Int], batches: [Int],
    repeats: Int = 3, device: String, threads: Int = 1
  ) {
    self.configuration = configuration
    self.channels = channels
    self.sides = sides
    self.batches = batches
    self.repeats = repeats
    self.device = device
    self.threads = threads
    machine = ProvenanceCollector.processorName()
  }

  /// What people read while it is made.
  public var label: String { "generator's throughput" }

  /// Nothing: untrained weights are as fast as trained ones.
  public var dependencies: [Job] { [] }

  /// The images of every point.
  public var work: AnalysisWork {
    let images = Double((repeats + 1) * batches.reduce(0, +))
    let base = Double((sides.min() ?? 1) * (sides.min() ?? 1))
    let areas = sides.reduce(0.0) { $0 + Double($1 * $1) / base }
    return AnalysisWork(
      bytes: 10_000, seconds: images * areas * JobCost.Rates.nominal.generation)
  }
}

/// Measured rates of generation.
public struct GenerationThroughput: Codable, Hashable, Sendable {
  /// One image size and batch.
  public struct Point: Codable, Hashable, Sendable {
    /// The side of the images in pixels.
    public var side: Int
    /// The images made at a time.
    public var batch: Int
    /// The seconds that each repeat took.
    public var seconds: [Double]

    /// Images a second of each repeat.
    public var rates: [Double] { seconds.map { Double(batch) / $0 } }
  }

  /// The points, by side and then by batch.
  public var points: [Point]

  /// The measurement, if the store has it.
  ///
  /// - Throws: ``StoreError`` when it is damaged.
  public static func stored(
    for specification: ThroughputSpecification, in store: RunStore
  ) throws -> GenerationThroughput? {
    guard let file = try specification.file(ThroughputSpecification.fileName, in: store),
      let data = try AtomicFile.contents(of: file)
    else { return nil }
    return try CanonicalJSON.decode(GenerationThroughput.self, from: data)
  }
}

extension ThroughputSpecification {
  /// Times the generator at every point.
  public func make(in folder: URL, by executor: RunExecutor, watch: ExecutionWatch) throws {
    let stream = SeedStream(root: 0, purpose: "throughput")
    let model = EchoModModel(
      configuration, channels: channels, classes: 10, stream: stream, on: executor.device)
    var points: [GenerationThroughput.Point] = []
    for side in sides {
      for batch in batches {
        let sampler = EchoModSampler(
          model, height: side, width: side, stream: stream, batchSize: batch)
        let originals = [[UInt8]](
          repeating: [UInt8](repeating: 128, count: channels * side * side), count: batch)
        func once() -> Double {
          let start = ContinuousClock.now
          _ = sampler.sample(
            originals: originals, labels: [Int](repeating: 1, count: batch),
            identifiers: Array(0..<batch))
          executor.device.synchronize()
          return (ContinuousClock.now - start) / .seconds(1)
        }
        _ = once()
        points.append(
          .init(side: side, batch: batch, seconds: (0..<repeats).map { _ in once() }))
        try watch.advance("throughput", points.count, of: sides.count * batches.count)
      }
    }
    try AtomicFile.write(
      try CanonicalJSON.encode(GenerationThroughput(points: points)),
      to: folder.appendingPathComponent(Self.fileName))
  }
}
