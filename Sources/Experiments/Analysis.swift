import Foundation
import RunStore
import Torch
import Training

/// Something that is measured once, from runs and outside models, and kept in the store for reports.
///
/// The result is an asset of the store: a folder of files that is published in one step, so that rendering reads it and
/// computes nothing.
public protocol AnalysisSpecification: Codable, Hashable, Sendable {
  /// The kind of asset, in kebab-case; also what its jobs are named by.
  static var kind: String { get }
  /// What people read while it is made.
  var label: String { get }
  /// What must be done before.
  var dependencies: [Job] { get }
  /// What it needs of training and generation, for forecasts.
  var work: AnalysisWork { get }
  /// Makes the asset's files in an empty folder.
  ///
  /// - Throws: ``StoppedError`` when asked to stop on the way, ``Training/DivergenceError`` when there is nothing to measure,
  ///   and what reading data or writing the store throws.
  func make(in folder: URL, by executor: RunExecutor, watch: ExecutionWatch) throws
}

extension AnalysisSpecification {
  /// The key of the measurement: the digest of its canonical JSON.
  public func key() throws -> RunKey { try RunKey(of: self) }

  /// The asset's file of a name, verified; nil when the store lacks the asset.
  ///
  /// - Throws: ``StoreError`` when it is damaged.
  func file(_ name: String, in store: RunStore) throws -> URL? {
    try store.asset(kind: Self.kind, key: try key())?.appendingPathComponent(name)
  }
}

/// What a measurement costs, in units of other work.
public struct AnalysisWork: Hashable, Sendable {
  /// The images that are generated.
  public var generatedImages = 0.0
  /// By which generator.
  public var generator: GeneratorSpecification?
  /// The run that is trained again.
  public var run: RunSpecification?
  /// Further seconds.
  public var seconds = 0.0
  /// The bytes of the asset.
  public var bytes: Int

  /// Creates an amount of work.
  public init(bytes: Int, seconds: Double = 0) {
    self.bytes = bytes
    self.seconds = seconds
  }
}

/// Every kind of analysis, as a value that travels to a worker.
public enum Analysis: Codable, Hashable, Sendable {
  /// A generator at several operating points.
  case quality(QualitySpecification)
  /// Every training image beside its modified image.
  case similarities(SimilaritySpecification)
  /// What a trained network says about images.
  case outputs(OutputsSpecification)
  /// The mutual information between images and noisy labels.
  case information(InformationSpecification)
  /// Representations in the plane.
  case embedding(EmbeddingSpecification)
  /// How fast a generator is.
  case throughput(ThroughputSpecification)
  /// Modified images that were made elsewhere.
  case importedExamples(ImportedExamplesSpecification)

  /// What is measured.
  var specification: any AnalysisSpecification {
    switch self {
    case .quality(let specification): return specification
    case .similarities(let specification): return specification
    case .outputs(let specification): return specification
    case .information(let specification): return specification
    case .embedding(let specification): return specification
    case .throughput(let specification): return specification
    case .importedExamples(let specification): return specification
    }
  }

  /// What people read while it is made.
  public var label: String { specification.label }

  /// The key of the measurement.
  public func key() throws -> RunKey { try specification.key() }

  static let provenanceName = "provenance.json"

  /// Where and when it was made; nil when the store lacks it.
  ///
  /// - Throws: ``StoreError`` when it is damaged.
  public func provenance(in store: RunStore) throws -> Provenance? {
    guard let file = try specification.file(Self.provenanceName, in: store),
      let data = try AtomicFile.contents(of: file)
    else { return nil }
    return try CanonicalJSON.decode(Provenance.self, from: data)
  }
}

extension RunExecutor {
  /// Makes an analysis unless the store has it.
  ///
  /// - Throws: What reading data or writing the store throws.
  public func perform(
    _ analysis: Analysis, watch: ExecutionWatch = ExecutionWatch()
  ) throws -> ExecutionOutcome {
    try perform(analysis.specification, watch: watch)
  }

  private func perform(
    _ specification: some AnalysisSpecification, watch: ExecutionWatch
  ) throws -> ExecutionOutcome {
    let start = ContinuousClock.now
    let started = ProvenanceCollector.timestamp()
    do {
      return try outcome(watch) {
        try store.asset(
          kind: type(of: specification).kind, key: try specification.key(),
          isStopped: patience(watch)
        ) { folder in
          try withTorchErrors { try specification.make(in: folder, by: self, watch: watch) }
          let provenance = collector.provenance(
            device: device, started: started, seconds: (ContinuousClock.now - start) / .seconds(1),
            resumed: 0, digests: [:])
          try AtomicFile.write(
            try CanonicalJSON.encode(provenance),
            to: folder.appendingPathComponent(Analysis.provenanceName))
        }
      }
    } catch let error as DivergenceError {
      return .failed(.init(cause: .nonFinite, message: error.description))
    }
  }
}
